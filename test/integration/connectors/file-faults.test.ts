// What goes wrong with files, played under the real connectors with all policies around them.
import { appendFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { MountKind } from "../../../src/main/engine/connectors/support/mount.ts";
import { faultyFiles, type FaultyFiles, type FileFault } from "../../support/fault-fs.ts";
import {
  bytesOf,
  contextOf,
  located,
  onlySource,
  temporaryFolder,
  type TestContext,
} from "../../unit/connectors/support.ts";
import { layer, type Layer } from "./support.ts";

const TEXT = "one\ntwo\nthree\n".repeat(40_000);

interface Scene {
  readonly path: string;
  readonly policies: Layer;
  readonly files: FaultyFiles;
  readonly context: TestContext;
}

function scene(
  plan: (operation: string, attempt: number, path: string) => FileFault | null,
  mount: MountKind = "network",
): Scene {
  const path = join(temporaryFolder(), "app.log");
  writeFileSync(path, TEXT);
  const policies = layer({}, mount);
  const files = faultyFiles(({ operation }, attempt) => plan(operation, attempt, path));
  return { path, policies, files, context: contextOf(files.through(policies.run)) };
}

async function read({ path, policies, context }: Scene): Promise<string> {
  const { opening } = await policies.finish(onlySource(path, context));
  return (await policies.finish(bytesOf(opening.chunks(context)))).toString("utf8");
}

const error = (code: string): FileFault => ({ type: "error", code });

describe("a file", () => {
  it.each(["EBUSY", "EAGAIN", "EIO", "ESTALE"])("is read whole when each of its calls meets %s once", async (code) => {
    const seen = new Set<string>();
    const one = scene((operation, attempt) => {
      const isFirst = !seen.has(operation) && attempt === 1;
      seen.add(operation);
      return isFirst ? error(code) : null;
    });
    expect(await read(one)).toBe(TEXT);
    expect(one.policies.events.filter(({ type }) => type === "retry")).toHaveLength(2);
  });

  it("is said to be unreadable when the mount stays stale, after three attempts", async () => {
    const one = scene((operation) => (operation === "read" ? error("ESTALE") : null));
    await expect(read(one)).rejects.toThrow("has gone stale; mount it again");
    expect(one.files.attempts.filter(({ operation }) => operation === "read")).toHaveLength(3);
  });

  it.each<[MountKind, number]>([
    ["network", 3],
    ["unknown", 3],
    ["disk", 1],
  ])("that meets EIO on a mount of kind %s is read %i times", async (mount, attempts) => {
    const one = scene((operation) => (operation === "read" ? error("EIO") : null), mount);
    const sentence = mount === "disk" ? "the disk reported an error" : "the mount reported an error";
    await expect(read(one)).rejects.toThrow(sentence);
    expect(one.files.attempts.filter(({ operation }) => operation === "read")).toHaveLength(attempts);
    expect(one.policies.resilience.breakers.statuses()).toMatchObject([{ failures: attempts }]);
  });

  it("on a disk is tried again when it is only busy", async () => {
    const one = scene((operation, attempt) => (operation === "read" && attempt === 1 ? error("EBUSY") : null), "disk");
    expect(await read(one)).toBe(TEXT);
  });

  it.each(["ENOENT", "EACCES"])("with %s is not tried again, and its breaker is not blamed", async (code) => {
    const one = scene((operation) => (operation === "read" ? error(code) : null));
    await expect(read(one)).rejects.toThrow(one.path);
    expect(one.policies.events.filter(({ type }) => type === "retry")).toEqual([]);
    expect(one.policies.resilience.breakers.statuses()).toMatchObject([{ failures: 0, state: "closed" }]);
  });

  it("that vanishes between the look and the reading is said to be gone", async () => {
    const one = scene((operation, attempt, path) =>
      operation === "open" && attempt === 2 ? { type: "meanwhile", act: () => rmSync(path) } : null,
    );
    const { opening } = await one.policies.finish(onlySource(one.path, one.context));
    await expect(bytesOf(opening.chunks(one.context))).rejects.toThrow("there is no such file or folder");
  });

  it("that vanishes while it is read is read to its end", async () => {
    const one = scene((operation, attempt, path) =>
      operation === "read" && attempt === 2 ? { type: "meanwhile", act: () => rmSync(path) } : null,
    );
    expect(await read(one)).toBe(TEXT);
  });

  it("that is cut while it is read gives what was there, and says so", async () => {
    const one = scene((operation, attempt, path) =>
      operation === "read" && attempt === 2 ? { type: "meanwhile", act: () => truncateSync(path, 300_000) } : null,
    );
    expect(await read(one)).toBe(TEXT.slice(0, 300_000));
    expect(one.context.said).toEqual([expect.stringMatching(/^The file was cut to 300000 of \d+ bytes/u)]);
  });

  it("that grows while it is read gives what it was, and says so", async () => {
    const one = scene((operation, attempt, path) =>
      operation === "read" && attempt === 2 ? { type: "meanwhile", act: () => appendFileSync(path, "four\n") } : null,
    );
    expect(await read(one)).toBe(TEXT);
    expect(one.context.said).toEqual([expect.stringMatching(/^The file grew by 5 bytes/u)]);
  });

  it("on a mount that stalls once is read whole after the timeout", async () => {
    const one = scene((operation, attempt) => (operation === "read" && attempt === 2 ? { type: "stall" } : null));
    const { opening } = await one.policies.finish(onlySource(one.path, one.context));
    const reading = bytesOf(opening.chunks(one.context));
    await vi.waitUntil(() => reads(one) === 2);
    await one.policies.clock.advance(30_000);
    expect((await one.policies.finish(reading)).toString("utf8")).toBe(TEXT);
  });

  it("is read whole when the machine sleeps in the middle, and when its clock is set by a day", async () => {
    const hours = 8 * 3_600_000;
    const one = scene((operation, attempt) =>
      operation === "read" && attempt > 1
        ? { type: "meanwhile", act: () => one.policies.clock.setWall(attempt === 2 ? hours : -24 * hours) }
        : null,
    );
    expect(await read(one)).toBe(TEXT);
    expect(one.policies.events.map(({ type }) => type)).not.toContain("timeout");
  });

  it("is read on after the machine slept for a night, also where sleep counts as time", async () => {
    const one = scene((operation, attempt) => (operation === "read" && attempt === 2 ? { type: "stall" } : null));
    const { opening } = await one.policies.finish(onlySource(one.path, one.context));
    const reading = bytesOf(opening.chunks(one.context));
    await vi.waitUntil(() => reads(one) === 2);
    one.policies.clock.jump(8 * 3_600_000);
    await one.policies.clock.advance(0);
    expect((await one.policies.finish(reading)).toString("utf8")).toBe(TEXT);
    expect(reads(one)).toBeGreaterThan(2);
  });

  it("that stalls is left within a cancel, at once", async () => {
    const one = scene((operation, attempt) => (operation === "read" && attempt === 2 ? { type: "stall" } : null));
    const { opening } = await one.policies.finish(onlySource(one.path, one.context));
    const reading = bytesOf(opening.chunks(one.context)).catch((thrown: unknown) => thrown);
    await vi.waitUntil(() => reads(one) === 2);
    one.context.cancel();
    expect(String(await reading)).toContain("cancelled");
    expect(one.policies.clock.pending).toBe(0);
  });
});

const reads = ({ files }: Scene): number => files.attempts.filter(({ operation }) => operation === "read").length;

describe("a folder", () => {
  it("is walked when its mount is busy at first", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.log"), "x\n");
    const policies = layer();
    const files = faultyFiles(({ operation }, attempt) =>
      operation === "walk" && attempt < 3 ? error("EBUSY") : null,
    );
    const found = await policies.finish(located([folder], contextOf(files.through(policies.run))));
    expect(found.map(({ type }) => type)).toEqual(["source"]);
  });

  it("says which file could not be opened, and goes on with the others", async () => {
    const folder = temporaryFolder();
    for (const name of ["a.log", "b.log", "c.log"]) writeFileSync(join(folder, name), "x\n");
    const policies = layer();
    const files = faultyFiles(({ target }) => (target.endsWith("b.log") ? error("EIO") : null));
    const found = await policies.finish(located([folder], contextOf(files.through(policies.run))));
    expect(found.map(({ type }) => type)).toEqual(["source", "failure", "source"]);
  });
});
