// A network mount whose handles go stale: what was open is lost, the file itself can be opened again.
import { renameSync, writeFileSync } from "node:fs";
import type * as FileSystem from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { bytesOf, contextOf, onlySource, temporaryFolder } from "../../unit/connectors/support.ts";
import { layer } from "./support.ts";

/** Reads of more than a look at a file's head, counted from 1, over all handles. */
const mount = vi.hoisted(() => ({ reads: 0, opened: 0, before: (_number: number): void => {} }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof FileSystem>();
  const LOOK_BYTES = 512;
  const watched = (handle: FileSystem.FileHandle): FileSystem.FileHandle => {
    let isStale = false;
    mount.opened += 1;
    const watchedRead = async (bytes: Uint8Array, offset: number, length: number, position: number) => {
      if (length > LOOK_BYTES) {
        mount.reads += 1;
        try {
          mount.before(mount.reads);
        } catch {
          isStale = true;
        }
      }
      if (isStale) throw Object.assign(new Error("ESTALE: stale file handle, read"), { code: "ESTALE" });
      return await handle.read(bytes, offset, length, position);
    };
    return new Proxy(handle, {
      get: (target, name) => {
        if (name === "read") return watchedRead;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      },
    });
  };
  return { ...real, open: async (...args: Parameters<typeof real.open>) => watched(await real.open(...args)) };
});

const TEXT = "one\ntwo\nthree\n".repeat(200_000);
const goesStale = (): never => {
  throw new Error("from now on");
};

beforeEach(() => Object.assign(mount, { reads: 0, opened: 0, before: () => {} }));

async function read(path: string): Promise<string> {
  const policies = layer();
  const context = contextOf(policies.run);
  const { opening } = await policies.finish(onlySource(path, context));
  return (await policies.finish(bytesOf(opening.chunks(context)))).toString("utf8");
}

describe("a file whose handle goes stale while it is read", () => {
  it("is opened again and read on from the same place", async () => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, TEXT);
    mount.before = (number) => number === 2 && goesStale();
    expect(await read(path)).toBe(TEXT);
    expect(mount.opened).toBe(3);
  });

  it("is opened again each time that it does", async () => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, TEXT);
    mount.before = (number) => (number === 1 || number === 3) && goesStale();
    expect(await read(path)).toBe(TEXT);
    expect(mount.opened).toBe(4);
  });

  it("is decompressed on from the same place", async () => {
    const path = join(temporaryFolder(), "app.log.gz");
    const noise = Array.from({ length: 60_000 }, (_, index) => `${Math.sin(index)}\n`).join("");
    writeFileSync(path, gzipSync(noise));
    mount.before = (number) => number === 2 && goesStale();
    expect(await read(path)).toBe(noise);
  });

  it("is not mixed with another one that lies there now", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "app.log");
    writeFileSync(path, TEXT);
    mount.before = (number) => {
      if (number !== 2) return;
      writeFileSync(join(folder, "other"), TEXT.toUpperCase().slice(1));
      renameSync(join(folder, "other"), path);
      goesStale();
    };
    await expect(read(path)).rejects.toThrow("another file lies there now");
  });

  it("fails with a sentence when it never recovers, after its three attempts", async () => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, TEXT);
    mount.before = goesStale;
    await expect(read(path)).rejects.toThrow("has gone stale; mount it again");
    expect(mount.reads).toBe(3);
  });
});
