import { describe, expect, it } from "vitest";
import { mountKindOf, sparingDisks } from "../../../src/main/engine/connectors/support/mount.ts";
import { runDirectly } from "../../../src/main/engine/resilience/run.ts";
import { temporaryFolder } from "./support.ts";

describe("a mount", () => {
  it.each([
    ["NFS", 0x6969, "network"],
    ["CIFS", 0xff534d42, "network"],
    ["CIFS, as a signed number", 0xff534d42 | 0, "network"],
    ["SMB 3", 0xfe534d42, "network"],
    ["9p", 0x01021997, "network"],
    ["FUSE", 0x65735546, "network"],
    ["ext4", 0xef53, "disk"],
    ["XFS", 0x58465342, "disk"],
    ["tmpfs", 0x01021994, "disk"],
    ["a kind that nobody has numbered yet", 0x12345678, "disk"],
  ])("of %s is told by its number", (_, type, kind) => {
    expect(mountKindOf(type, "linux")).toBe(kind);
  });

  it.each<NodeJS.Platform>(["darwin", "win32"])("is not told where numbers mean something else: %s", (platform) => {
    expect(mountKindOf(0x6969, platform)).toBe("unknown");
    expect(mountKindOf(0xef53, platform)).toBe("unknown");
  });
});

describe("an input/output error", () => {
  const signal = new AbortController().signal;
  const eio = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
  const failing = (thrown: unknown, target: string) =>
    sparingDisks(runDirectly)({ connector: "file", target, operation: "read" }, () => Promise.reject(thrown), signal);

  it("is left as it is where the path cannot be asked about", async () => {
    await expect(failing(eio, "/no/such/path")).rejects.toBe(eio);
  });

  it("of a path on a disk is one of the disk, and keeps its cause", async () => {
    const run = sparingDisks(runDirectly, () => Promise.resolve("disk"));
    const call = { connector: "file", target: temporaryFolder(), operation: "read" };
    const failed = run(call, () => Promise.reject(eio), signal);
    await expect(failed).rejects.toMatchObject({ failure: { reason: "disk-error" }, cause: eio });
  });

  it("is not made of another error", async () => {
    const busy = Object.assign(new Error("EBUSY"), { code: "EBUSY" });
    await expect(failing(busy, temporaryFolder())).rejects.toBe(busy);
  });
});
