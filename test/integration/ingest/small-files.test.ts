/** Small files are read many at a time; each is accounted for as if it had been read by itself. */
import { chmodSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { FailureError } from "../../../src/shared/failure.ts";
import type { Run } from "../../../src/shared/run.ts";
import { FileThread } from "../../../src/main/engine/ingest/files/file-thread.ts";
import { runDirectly } from "../../../src/main/engine/resilience/run.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { workerFile } from "../../../src/main/engine/workers.ts";
import { logLines, storedOf, temporaryFolder, testImport, workersFolder } from "./support.ts";

function folderOf(files: number, content: (index: number) => string | Buffer): string {
  const folder = temporaryFolder();
  for (let index = 0; index < files; index += 1)
    writeFileSync(join(folder, `${String(index).padStart(3, "0")}.jsonl`), content(index));
  return folder;
}

describe("a folder of small files", () => {
  it("is read in far fewer commits than it has files, and each file holds what is its own", async () => {
    const folder = folderOf(400, (index) => `${logLines((index % 7) + 1)}{"cut": \n\n`);
    let commits = 0;
    let isListed = (): void => {};
    const listed = new Promise<void>((resolve) => (isListed = resolve));
    const run: Run = async (call, action, signal) => {
      // How many are found before the first is read is of no interest here.
      if (call.operation === "read") await listed;
      return await runDirectly(call, action, signal);
    };
    const test = await testImport({ run, onCommit: (_revision, records) => void (commits += records > 0 ? 1 : 0) });
    await test.importer.add([folder]);
    isListed();
    await test.importer.idle();
    expect(commits).toBeLessThan(12);
    for (const [index, source] of test.sources().entries()) {
      const records = (index % 7) + 1;
      expect(source).toMatchObject({ state: "done", format: "json-lines", messages: [] });
      expect(source).toMatchObject({ read: records + 2, records, deadLetters: 1, skipped: 1 });
      expect(source.bytesRead).toBe(source.bytes);
      expect(storedOf(test.file, source.id)).toMatchObject({ records, textBytes: source.bytes });
    }
    expect(test.progress.at(-1)?.reading).toBe(0);
  });

  it("gives each file the id that its place in the list says", async () => {
    const folder = folderOf(300, (index) => logLines(1 + (index % 50)));
    symlinkSync("nowhere", join(folder, "broken.jsonl"));
    const first = await testImport();
    await first.read(folder);
    const second = await testImport();
    await second.read(folder);
    const ids = (test: typeof first) => test.sources().map(({ id, path }) => [id, path]);
    expect(ids(second)).toStrictEqual(ids(first));
    expect(first.sources()).toHaveLength(301);
  });

  it("tells of each file that cannot be read what is wrong with it, and reads the others", async () => {
    const folder = folderOf(60, () => logLines(5));
    writeFileSync(join(folder, "noise.bin"), Buffer.from(Array.from({ length: 900 }, (_, index) => index % 7)));
    writeFileSync(join(folder, "large.jsonl.gz"), gzipSync(logLines(20_000)));
    writeFileSync(join(folder, "cut.jsonl.gz"), gzipSync(logLines(500)).subarray(0, 900));
    const gone = join(folder, "007.jsonl");
    const refused = join(folder, "013.jsonl");
    const run: Run = (call, action, signal) => {
      if (call.operation === "open" && call.target === gone) rmSync(gone, { force: true });
      if (call.operation === "read" && call.target === refused)
        return Promise.reject(new FailureError("read-error", "the mount went away"));
      return runDirectly(call, action, signal);
    };
    const test = await testImport({ run });
    await test.read(folder);
    expect(test.source("007.jsonl")).toMatchObject({ state: "failed", records: 0 });
    expect(test.source("007.jsonl").messages[0]).toContain("there is no such file");
    expect(test.source("013.jsonl")).toMatchObject({ state: "failed", messages: ["the mount went away"] });
    expect(test.source("noise.bin")).toMatchObject({ state: "not-recognised", records: 0 });
    expect(test.source("large.jsonl.gz")).toMatchObject({ state: "done", records: 20_000 });
    expect(test.source("cut.jsonl.gz").records).toBeGreaterThan(0);
    const others = test.sources().filter(({ path }) => /0[0-5]\d\.jsonl$/.test(path) && !/007|013/.test(path));
    expect(new Set(others.map(({ state, records }) => `${state} ${records}`))).toStrictEqual(new Set(["done 5"]));
  });

  it.skipIf(process.getuid?.() === 0)("says which file may not be read", async () => {
    const folder = folderOf(20, () => logLines(5));
    chmodSync(join(folder, "003.jsonl"), 0o000);
    const test = await testImport();
    await test.read(folder);
    expect(test.source("003.jsonl").messages[0]).toContain("may not read it");
    expect(test.sources().filter(({ state }) => state === "done")).toHaveLength(19);
  });

  it("asks about one file that has more dead letters than are kept, and does not hold the others up", async () => {
    const folder = folderOf(40, (index) => (index === 20 ? `${logLines(3)}${"{cut\n".repeat(50)}` : logLines(5)));
    const test = await testImport({
      letterLimits: () => ({ letters: 10, bytes: 1_000_000 }),
      onTooManyLetters: () => "count",
    });
    await test.read(folder);
    expect(test.source("020.jsonl")).toMatchObject({ state: "done", deadLetters: 50, deadLettersDropped: 40 });
    expect(test.sources().every(({ state }) => state === "done")).toBe(true);
  });

  it("stops in the middle of a lot: what a file holds is all of it or nothing", async () => {
    const folder = folderOf(600, () => logLines(20));
    const test = await testImport();
    const adding = test.importer.add([folder]);
    while (test.commits() < 8) await new Promise((resolve) => setTimeout(resolve, 1));
    await test.importer.cancel(null);
    await adding;
    await test.importer.cancel(null);
    expect(test.importer.isIdle).toBe(true);
    for (const { id, state, records } of test.sources()) {
      expect(["cancelled", "done"]).toContain(state);
      expect(state === "done" ? [20] : [0, 20]).toContain(records);
      expect(storedOf(test.file, id).records).toBe(records);
    }
  });

  it("stops one file of a lot, and reads the others", async () => {
    const folder = folderOf(30, () => logLines(20));
    let held = (): void => {};
    const reached = new Promise<void>((resolve) => (held = resolve));
    const run: Run = (call, action, signal) => {
      // Hangs until it is cancelled, as a mount does that nobody serves.
      if (call.operation !== "read" || !call.target.endsWith("011.jsonl")) return runDirectly(call, action, signal);
      held();
      return runDirectly(call, () => new Promise(() => {}), signal);
    };
    const test = await testImport({ run });
    await test.importer.add([folder]);
    await reached;
    await test.importer.cancel(test.source("011.jsonl").id);
    await test.importer.idle();
    expect(test.source("011.jsonl")).toMatchObject({ state: "cancelled", records: 0 });
    expect(test.sources().filter(({ state }) => state === "done")).toHaveLength(29);
  });

  it("holds of each file of a lot what it holds of that file alone", async () => {
    const contents = Array.from({ length: 48 }, (_, index) =>
      index % 6 === 5
        ? `2026-03-01T10:00:0${index % 10}Z ERROR [main] app.Server - request ${index} failed\n  at x.y(z:1)\n`
        : `${logLines(1 + (index % 9))}${index % 6 === 4 ? '{"cut"\n' : ""}${JSON.stringify({ time: index, trace_id: `${index}`.padStart(32, "a"), msg: "é" })}\n`,
    );
    const folder = folderOf(48, (index) => contents[index] ?? "");
    const lots = await testImport();
    await lots.read(folder);
    const alone = await testImport();
    for (const { path } of lots.sources()) await alone.read(path);
    expect(heldOf(lots.file)).toEqual(heldOf(alone.file));
    using reader = openCaseReader(lots.file);
    expect(reader.db.prepare("SELECT SUM(uses) FROM column_pack").pluck().get()).toBeGreaterThan(40);
  });

  it("is looked at and read in calls of many files, and of each that is no such file, by itself", async () => {
    const folder = folderOf(700, (index) => logLines(2 + (index % 3)));
    writeFileSync(join(folder, "500-utf16.jsonl"), Buffer.from(`\ufeff${logLines(4)}`, "utf16le"));
    writeFileSync(join(folder, "501.jsonl.gz"), gzipSync(logLines(3)));
    symlinkSync("400.jsonl", join(folder, "502-link.jsonl"));
    const calls = new Map<string, number>();
    const run: Run = (call, action, signal) => {
      const key = `${call.connector} ${call.operation}`;
      calls.set(key, (calls.get(key) ?? 0) + 1);
      // Gone between the look at it and its turn.
      if (key === "folder read") rmSync(join(folder, "650.jsonl"), { force: true });
      return runDirectly(call, action, signal);
    };
    const files = new FileThread(workerFile(workersFolder, "files"), { yields: false }, Infinity);
    onTestFinished(() => files.rest());
    const test = await testImport({ run, files });
    await test.read(folder);
    expect(calls.get("folder read")).toBeGreaterThan(0);
    expect(calls.get("file open")).toBeLessThan(600);
    expect(calls.get("folder open")).toBeLessThan(6);
    const gone = test.source("650.jsonl");
    expect(["failed", "done"]).toContain(gone.state);
    const others = test.sources().filter(({ path, connector }) => connector !== "folder" && path !== gone.path);
    expect(others.filter(({ state }) => state !== "done")).toEqual([]);
    expect(test.source("500-utf16.jsonl")).toMatchObject({ records: 4 });
    expect(test.source("500-utf16.jsonl").messages[0]).toContain("UTF-16");
    expect(test.source("501.jsonl.gz")).toMatchObject({ records: 3 });
    const plain = others.filter(({ path }) => /\/[0-5]\d\d\.jsonl$/.test(path));
    expect(plain.map(({ records, bytesRead }) => [records, bytesRead])).toEqual(
      plain.map(({ bytes }, index) => [2 + (index % 3), bytes]),
    );
  });

  it("is read file by file where one call after the other takes long, as on a mount far away", async () => {
    const folder = folderOf(700, () => logLines(2));
    const files = new FileThread(workerFile(workersFolder, "files"), { yields: false }, -1);
    onTestFinished(() => files.rest());
    const calls = new Set<string>();
    const run: Run = (call, action, signal) => {
      calls.add(`${call.connector} ${call.operation}`);
      return runDirectly(call, action, signal);
    };
    const test = await testImport({ run, files });
    await test.read(folder);
    expect(calls).not.toContain("folder read");
    expect(test.sources().filter(({ state, records }) => state === "done" && records === 2)).toHaveLength(700);
  });

  it("is read file by file where the thread that reads many does not answer", async () => {
    const folder = folderOf(700, () => logLines(2));
    const files = new FileThread(workerFile(workersFolder, "files"), { yields: false }, Infinity);
    onTestFinished(() => files.rest());
    const run: Run = (call, action, signal) =>
      call.connector === "folder" && call.operation === "read"
        ? Promise.reject(new FailureError("timeout", "nobody answers"))
        : runDirectly(call, action, signal);
    const test = await testImport({ run, files });
    await test.read(folder);
    expect(test.sources().filter(({ state, records }) => state === "done" && records === 2)).toHaveLength(700);
  });
});

/** All that a case holds of its sources, by their names. */
function heldOf(file: string): Record<string, unknown> {
  using reader = openCaseReader(file);
  const segments = reader.segments();
  const held = reader.sources().map(({ id, path, ...row }) => {
    const source = { ...row, readAt: 0 };
    const rows = segments
      .filter(({ sourceId }) => sourceId === id)
      .map(({ id: segmentId, sourceId: _id, ...zone }) => {
        const { service, template, traceId, ...columns } = reader.columns(segmentId);
        const texts = [service, template, traceId].map((column) => column && [[...column.dictionary], column.index]);
        return { zone, texts, time: columns.time, offset: columns.offset, line: columns.line, level: columns.level };
      });
    return [path, { source, rows, text: Buffer.from(reader.raw(id, 0, 1e6)).toString() }] as const;
  });
  return Object.fromEntries(held);
}
