import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WriterMethods } from "../../../src/main/engine/store/writer-methods.ts";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { workerFile } from "../../../src/main/engine/workers.ts";
import { FailureError } from "../../../src/shared/failure.ts";
import { logLines, storedOf, temporaryFolder, testImport, workersFolder } from "./support.ts";

const faulty = join(import.meta.dirname, "workers", "faulty-parser.worker.mjs");

/** A file whose middle megabytes are fine, and whose later part holds a word that the parser thread falls over. */
function dumps(word: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "bad.jsonl"), `${logLines(40_000)}{"msg":"${word}"}\n${logLines(10)}`);
  for (const name of ["a", "b"]) writeFileSync(join(folder, `${name}.jsonl`), logLines(500));
  return folder;
}

describe("a parser thread", () => {
  it.each([
    ["hangs", "HANG", /did not answer within 1\.5 s after byte \d+ and was stopped/u],
    ["ends by itself", "CRASH", /Reading stopped after byte \d+: .+ ended with code 3/u],
  ])("that %s costs its source alone, and what was stored stays exact", async (_, word, message) => {
    const test = await testImport({ parserFile: faulty, stallMs: 1_500 });
    await test.read(dumps(word));
    const bad = test.source("bad.jsonl");
    expect(bad.state).toBe("failed");
    expect(bad.messages[0]).toMatch(message);
    expect(bad.records).toBeGreaterThan(0);
    expect(bad.records + bad.deadLetters + bad.skipped).toBe(bad.read);
    expect(storedOf(test.file, bad.id).records).toBe(bad.records);
    for (const name of ["a.jsonl", "b.jsonl"]) expect(test.source(name)).toMatchObject({ state: "done", records: 500 });
  });

  it.each([
    ["hangs", "HANG"],
    ["ends by itself", "CRASH"],
  ])("that %s over one of many small files costs that file alone", async (_, word) => {
    const folder = temporaryFolder();
    for (let index = 0; index < 30; index += 1)
      writeFileSync(join(folder, `${index}.jsonl`), index === 17 ? `{"msg":"${word}"}\n` : logLines(10));
    const test = await testImport({ parserFile: faulty, stallMs: 3_000 });
    await test.read(folder);
    expect(test.source("/17.jsonl")).toMatchObject({ state: "failed", records: 0 });
    expect(test.sources().filter(({ state, records }) => state === "done" && records === 10)).toHaveLength(29);
  });

  it("that hangs can be cancelled at once", async () => {
    const test = await testImport({ parserFile: faulty, stallMs: 60_000 });
    await test.importer.add([dumps("HANG")]);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await test.importer.cancel(null);
    expect(test.source("bad.jsonl").state).toBe("cancelled");
  });
});

/** A writer whose disk is full when a test says so. */
class FullDisk extends WorkerClient<WriterMethods> {
  isFull: (method: string) => boolean = () => false;

  override call: WorkerClient<WriterMethods>["call"] = (method, input, options) =>
    this.isFull(method)
      ? Promise.reject(new FailureError("disk-full", "The disk is full."))
      : super.call(method, input, options);
}

describe("a case that cannot be written", () => {
  it("has nothing more read into it, and says so once", async () => {
    const writer = new FullDisk(workerFile(workersFolder, "writer"));
    await writer.call("open", { file: join(temporaryFolder(), "full.faultline"), create: true, title: "Full" });
    const test = await testImport({
      writer,
      sources: () => Promise.resolve([]),
      onCommit: (_, records) => {
        if (records > 0) writer.isFull = (method) => method !== "close";
      },
    });
    const folder = temporaryFolder();
    for (let i = 0; i < 600; i += 1) writeFileSync(join(folder, `app-${i}.jsonl`), logLines(3));
    await test.importer.add([folder]).catch(() => {});
    await test.importer.idle();
    expect(test.failures).toHaveLength(1);
    expect(test.failures[0]).toMatchObject({ reason: "disk-full" });
    const shown = new Map(test.progress.flatMap(({ sources }) => sources).map(({ id, state }) => [id, state]));
    expect(new Set(shown.values())).toEqual(new Set(["done", "failed"]));
    await writer.end();
  });

  it("reads what was refused for want of room once it is added again and there is some", async () => {
    const folder = temporaryFolder();
    for (let i = 0; i < 600; i += 1) writeFileSync(join(folder, `app-${i}.jsonl`), logLines(3));
    const writer = new FullDisk(workerFile(workersFolder, "writer"));
    const file = join(temporaryFolder(), "full.faultline");
    await writer.call("open", { file, create: true, title: "Full" });
    const test = await testImport({ writer, sources: () => writer.call("sources", null) });
    writer.isFull = (method) => method === "addSources";
    await expect(test.importer.add([folder])).rejects.toThrow("The disk is full.");
    await test.importer.idle();
    writer.isFull = () => false;
    await test.read(folder);
    const stored = await writer.call("sources", null);
    expect(stored.filter(({ state, records }) => state === "done" && records === 3)).toHaveLength(600);
    await writer.end();
  });

  it("stops the source loudly", async () => {
    const folder = dumps("fine");
    let broken = false;
    const test = await testImport({
      onCommit: () => {
        if (broken) throw new Error("the disk is full");
        broken = true;
      },
    });
    await test.importer.add([join(folder, "a.jsonl")]).catch(() => {});
    await test.importer.idle();
    expect(test.failures.map((failure) => failure.message).join()).toMatch(
      /a\.jsonl could not be stored: the disk is full/u,
    );
  });
});
