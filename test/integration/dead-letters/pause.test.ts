import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../ingest/support.ts";
import { caseOf, checkAccounts, good, goodLines, type TestCase } from "./support.ts";

const atMost = (maxCount: number, maxMebibytes = 64): typeof DEFAULT_SETTINGS => ({
  ...DEFAULT_SETTINGS,
  deadLetters: { ...DEFAULT_SETTINGS.deadLetters, maxCount, maxMebibytes },
});
const bad = (count: number): string => Array.from({ length: count }, (_, index) => `broken ${index}\n`).join("");
/** Good lines first: they are what the source is recognised by. */
const badFile = (count: number): string => `${goodLines(9_000)}${bad(count)}${good(1)}\n`;

async function pausedCase(count: number, kept: number): Promise<{ test: TestCase; sourceId: number }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "bad.jsonl"), badFile(count));
  const test = await caseOf({}, {}, atMost(kept));
  await test.session.importer.add([folder]);
  for (;;) {
    const source = (await test.session.sources()).find(({ state }) => state === "paused");
    if (source !== undefined) return { test, sourceId: source.id };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("more dead letters than are kept", () => {
  it("pause the import of their source, which then goes on counting only", async () => {
    const { test, sourceId } = await pausedCase(30_000, 5_000);
    const paused = checkAccounts(test.file);
    expect(paused.deadLetters).toBeLessThanOrEqual(5_000);
    expect(test.source("bad.jsonl").messages[0]).toMatch(/^Reading waits: there are more dead letters/u);
    expect(test.session.importer.isIdle).toBe(false);
    test.session.importer.continue(sourceId, "count");
    await test.session.importer.idle();
    expect(checkAccounts(test.file)).toEqual({ read: 39_001, records: 9_001, deadLetters: 30_000, skipped: 0 });
    const source = test.source("bad.jsonl");
    expect(source).toMatchObject({ state: "done", deadLettersDropped: 25_000 });
    expect(await test.letters()).toHaveLength(5_000);
    expect(() => test.session.importer.continue(sourceId, "count")).toThrow(/does not wait/u);
  });

  it("are kept when somebody says so, until there are as many again", async () => {
    const { test, sourceId } = await pausedCase(30_000, 20_000);
    test.session.importer.continue(sourceId, "keep");
    await test.session.importer.idle();
    expect(test.source("bad.jsonl")).toMatchObject({ state: "done", deadLetters: 30_000, deadLettersDropped: 0 });
    checkAccounts(test.file);
  });

  it("end the import when it is stopped instead, with what was stored before", async () => {
    const { test, sourceId } = await pausedCase(30_000, 5_000);
    await test.session.importer.cancel(sourceId);
    expect(test.source("bad.jsonl").state).toBe("cancelled");
    checkAccounts(test.file);
  });

  it("do not keep other sources from being read, however many of them wait", async () => {
    const folder = temporaryFolder();
    for (const name of ["a", "b", "c", "d", "e"]) writeFileSync(join(folder, `${name}.jsonl`), badFile(10_000));
    writeFileSync(join(folder, "good.jsonl"), goodLines(10));
    const test = await caseOf({}, {}, atMost(1_000));
    await test.session.importer.add([folder]);
    const states = async (): Promise<string[]> => (await test.session.sources()).map(({ state }) => state);
    while ((await states()).some((state) => state === "waiting" || state === "reading"))
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await states()).toSorted()).toEqual(["done", "paused", "paused", "paused", "paused", "paused"]);
    await test.session.importer.cancel(null);
    checkAccounts(test.file);
  });

  it("are bounded by their bytes too", async () => {
    const long = Array.from({ length: 100 }, (_, index) => `${index} ${"x".repeat(60_000)}\n`).join("");
    const test = await caseOf({}, { onTooManyLetters: () => "count" }, atMost(1_000_000, 1));
    const folder = temporaryFolder();
    writeFileSync(join(folder, "long.jsonl"), goodLines(9_000) + long);
    await test.session.importer.add([folder]);
    await test.session.importer.idle();
    expect(test.source("long.jsonl")).toMatchObject({ deadLetters: 100, deadLettersDropped: 83 });
    checkAccounts(test.file);
  });
});
