import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { ParserPool, type ParserClient } from "../../../src/main/engine/ingest/parser-pool.ts";
import type { WriterMethods } from "../../../src/main/engine/store/writer-methods.ts";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { workerFile } from "../../../src/main/engine/workers.ts";
import type { Source } from "../../../src/shared/model/source.ts";
import { logLine, logLines, storedOf, temporaryFolder, testImport, workersFolder } from "./support.ts";

const balance = (source: Source): number => source.records + source.deadLetters + source.skipped;

describe("an import", () => {
  it("reads a mixed folder, each source by its own format and accounted for", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "context"));
    writeFileSync(join(folder, "app.ndjson"), `${logLines(500)}\n{"cut": \n`);
    writeFileSync(join(folder, "old.jsonl.gz"), gzipSync(logLines(700)));
    writeFileSync(
      join(folder, "metrics.csv"),
      `timestamp,service,metric,value\n${Array.from({ length: 100 }, (_, index) => `2026-03-01T10:${String(index % 60).padStart(2, "0")}:00Z,cart,cpu,${index}\n`).join("")}`,
    );
    writeFileSync(
      join(folder, "context", "deploys.json"),
      JSON.stringify([
        { service: "cart", version: "1.4.2", time: "2026-03-01T10:03:00Z", status: "succeeded", type: "deploy" },
      ]),
    );
    const test = await testImport();
    await test.read(folder);
    for (const source of test.sources()) {
      expect(source).toMatchObject({ state: "done", messages: [] });
      expect(source.format).not.toBeNull();
      expect(balance(source)).toBe(source.read);
      expect(storedOf(test.file, source.id).records).toBe(source.records);
    }
    expect(test.source("app.ndjson")).toMatchObject({
      connector: "file",
      read: 502,
      records: 500,
      deadLetters: 1,
      skipped: 1,
    });
    expect(test.source("old.jsonl.gz")).toMatchObject({
      connector: "gzip",
      format: "json-lines",
      read: 700,
      records: 700,
    });
    expect(test.source("metrics.csv").records).toBe(100);
    expect(test.progress.at(-1)?.reading).toBe(0);
  });

  it("lists a folder that left something out, and says what", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "app.jsonl"), logLines(5));
    writeFileSync(join(folder, ".hidden"), "x");
    symlinkSync(".", join(folder, "loop"));
    const test = await testImport();
    await test.read(folder);
    const [note, app] = test.sources();
    expect(note).toMatchObject({ path: folder, connector: "folder", state: "done", read: 0 });
    expect(note?.messages).toEqual([
      "1 hidden entry was skipped: .hidden.",
      "1 link that leads back to a folder above it was not followed: loop.",
    ]);
    expect(app).toMatchObject({ state: "done", records: 5 });
  });

  it("tells what is empty, binary, of no known kind, missing or not a file, and reads the rest", async () => {
    const folder = temporaryFolder();
    const path = (name: string): string => join(folder, name);
    writeFileSync(path("empty.log"), "");
    writeFileSync(
      path("core.bin"),
      Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index % 3 === 0 ? 0 : index % 256))),
    );
    writeFileSync(path("good.jsonl"), logLines(3));
    const test = await testImport();
    await test.read(...["empty.log", "core.bin", "missing.log", "good.jsonl"].map(path), "/dev/null");
    expect(test.source("empty.log")).toMatchObject({ state: "empty", read: 0 });
    expect(test.source("core.bin")).toMatchObject({ state: "not-recognised", bytes: 4_000, read: 0 });
    expect(test.source("core.bin").messages.join()).toMatch(/looks binary/u);
    expect(test.source("core.bin").tried.length).toBeGreaterThan(3);
    expect(test.source("missing.log")).toMatchObject({
      state: "failed",
      messages: [expect.stringMatching(/no such file/u)],
    });
    expect(test.source("/dev/null")).toMatchObject({
      state: "failed",
      messages: [expect.stringMatching(/is a device/u)],
    });
    expect(test.source("good.jsonl")).toMatchObject({ state: "done", records: 3 });
  });

  it.skipIf(process.getuid?.() === 0)("tells what may not be read", async () => {
    const path = join(temporaryFolder(), "secret.log");
    writeFileSync(path, "x");
    chmodSync(path, 0);
    const test = await testImport();
    await test.read(path);
    expect(test.source("secret.log")).toMatchObject({
      state: "failed",
      messages: [expect.stringMatching(/may not read/u)],
    });
  });

  it("keeps what a truncated gzip file still gives", async () => {
    const path = join(temporaryFolder(), "app.jsonl.gz");
    const packed = gzipSync(logLines(50_000));
    writeFileSync(path, packed.subarray(0, packed.byteLength / 2));
    const test = await testImport();
    await test.read(path);
    const source = test.source("app.jsonl.gz");
    expect(source.state).toBe("done");
    expect(source.messages).toEqual([expect.stringMatching(/truncated at byte \d+/u)]);
    expect(source.records).toBeGreaterThan(20_000);
    expect(source.deadLetters).toBeLessThanOrEqual(1);
    expect(balance(source)).toBe(source.read);
  });

  it.each([
    ["with Windows line ends", logLines(9).replaceAll("\n", "\r\n"), 9],
    ["with a byte order mark", `\uFEFF${logLines(9)}`, 9],
    ["without an end of its last line", logLines(9).trimEnd(), 9],
    ["with zeros where a crash cut it", `${logLines(9)}${"\0".repeat(50)}\n${logLine(10)}`, 10],
  ])("reads a file %s", async (_, content, records) => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, content);
    const test = await testImport();
    await test.read(path);
    const source = test.source("app.jsonl");
    expect(source).toMatchObject({ state: "done", format: "json-lines", records });
    expect(balance(source)).toBe(source.read);
  });

  it("goes on after a line of 20 MB", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, `${logLines(100)}{"msg":"${"x".repeat(20_000_000)}"}\n${logLines(100)}`);
    const test = await testImport();
    await test.read(path);
    const source = test.source("app.jsonl");
    expect(source.read).toBe(201);
    expect(source.records).toBeGreaterThanOrEqual(200);
    expect(balance(source)).toBe(201);
    expect(storedOf(test.file, source.id).textBytes).toBe(statSync(path).size);
  });

  it("says that a file was truncated while it was read, and keeps what was there", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    // More than may wait for the threads: its end is fetched only after something is stored.
    writeFileSync(path, logLines(400_000));
    const test = await testImport({
      onCommit: (_, records) => {
        if (records > 0) truncateSync(path, 0);
      },
    });
    await test.read(path);
    const source = test.source("app.jsonl");
    expect(source.state).toBe("done");
    expect(source.records).toBeGreaterThan(0);
    expect(source.messages.join()).toMatch(/was cut to \d+ of \d+ bytes while it was read/u);
    expect(balance(source)).toBe(source.read);
  });

  it("reads several sources at a time, and commits the first records of a large one long before its end", async () => {
    const folder = temporaryFolder();
    for (const name of ["a", "b", "c"]) writeFileSync(join(folder, `${name}.jsonl`), logLines(60_000));
    const seen: number[] = [];
    const test = await testImport({
      onProgress: ({ sources }) => seen.push(sources.filter((source) => source.state === "reading").length),
    });
    await test.read(folder);
    expect(Math.max(...seen)).toBeGreaterThanOrEqual(2);
    expect(test.sources().map((source) => source.records)).toEqual([60_000, 60_000, 60_000]);
    expect(test.commits()).toBeGreaterThan(9);
  });
});

describe("adding a path again", () => {
  it("reads nothing twice while it is unchanged", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "app.jsonl"), logLines(50));
    const test = await testImport();
    await test.read(folder);
    const before = test.sources();
    const commits = test.commits();
    await test.read(folder, join(folder, "app.jsonl"));
    expect(test.sources()).toEqual(before);
    expect(test.commits()).toBe(commits);
  });

  it("reads a changed file anew, in place of what it was", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, logLines(50));
    const test = await testImport();
    await test.read(path);
    appendFileSync(path, logLine(50));
    utimesSync(path, 1_772_000_000, 1_772_000_000);
    await test.read(path);
    expect(test.sources()).toHaveLength(1);
    const [source] = test.sources();
    expect(source).toMatchObject({ state: "done", read: 51, records: 51 });
    expect(storedOf(test.file, source?.id ?? 0).records).toBe(51);
  });

  it("leaves a source alone that is being read at that moment", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, logLines(100_000));
    const test = await testImport();
    await test.importer.add([path]);
    await test.read(path);
    expect(test.source("app.jsonl")).toMatchObject({ state: "done", records: 100_000 });
  });

  it("reads it once when it is added twice at the same moment", async () => {
    const folder = temporaryFolder();
    for (const name of ["a", "b", "c"]) writeFileSync(join(folder, `${name}.jsonl`), logLines(2_000));
    const test = await testImport();
    await Promise.all([test.importer.add([folder]), test.importer.add([folder]), test.importer.add([folder])]);
    await test.importer.idle();
    for (const source of test.sources()) {
      expect(source).toMatchObject({ state: "done", records: 2_000 });
      expect(storedOf(test.file, source.id).records).toBe(2_000);
    }
  });

  it("keeps what the case holds of a file that is gone", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, logLines(50));
    const test = await testImport();
    await test.read(path);
    rmSync(path);
    await test.read(path);
    expect(test.source("app.jsonl")).toMatchObject({ state: "done", records: 50 });
    expect(test.failures).toEqual([
      { reason: "not-found", message: expect.stringMatching(/What the case holds of it stays/u) },
    ]);
  });
});

describe("reading a source as another format", () => {
  it("replaces what it held", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, logLines(50));
    const test = await testImport();
    await test.read(path);
    await test.importer.readAs(test.source("app.jsonl"), "plain-text", "Europe/Berlin");
    await test.importer.idle();
    expect(test.source("app.jsonl")).toMatchObject({
      state: "done",
      format: "plain-text",
      records: 50,
      zone: "Europe/Berlin",
    });
  });

  it("leaves it as it is when the file is gone", async () => {
    const path = join(temporaryFolder(), "app.jsonl");
    writeFileSync(path, logLines(50));
    const test = await testImport();
    await test.read(path);
    rmSync(path);
    await expect(test.importer.readAs(test.source("app.jsonl"), "plain-text", null)).rejects.toThrow(/no such file/u);
    expect(test.source("app.jsonl")).toMatchObject({ state: "done", records: 50 });
  });
});

/** A writer that lets something else happen before it tells that it has changed a source. */
class InterruptedWriter extends WorkerClient<WriterMethods> {
  meanwhile: () => Promise<void> = () => Promise.resolve();

  override call: WorkerClient<WriterMethods>["call"] = async (method, input, options) => {
    const answer = await super.call(method, input, options);
    if (method === "changeSource") await this.meanwhile();
    return answer;
  };
}

it("is not idle while a source is cleared to be read as another format, whatever else ends meanwhile", async () => {
  const writer = new InterruptedWriter(workerFile(workersFolder, "writer"));
  onTestFinished(() => writer.end());
  const file = join(temporaryFolder(), "own.faultline");
  await writer.call("open", { file, create: true, title: "Test" });
  const path = join(temporaryFolder(), "app.jsonl");
  writeFileSync(path, logLines(50));
  const test = await testImport({ writer, sources: () => writer.call("sources", null) });
  await test.read(path);
  const [source] = await writer.call("sources", null);
  // Ends what there is, and looks whether anything is left to be read.
  writer.meanwhile = () => test.importer.cancel(0);
  if (source !== undefined) await test.importer.readAs(source, "plain-text", null);
  await test.importer.idle();
  expect(await writer.call("sources", null)).toMatchObject([{ state: "done", format: "plain-text", records: 50 }]);
});

describe("cancelling", () => {
  it.each(Array.from({ length: 20 }, (_, index) => index))(
    "leaves a case that holds exactly what it counts (moment %i)",
    async (moment) => {
      const folder = temporaryFolder();
      for (const name of ["a", "b", "c"]) writeFileSync(join(folder, `${name}.jsonl`), logLines(30_000));
      const test = await testImport();
      await test.importer.add([folder]);
      await new Promise((resolve) => setTimeout(resolve, moment * 12));
      await test.importer.cancel(null);
      expect(test.importer.isIdle).toBe(true);
      for (const source of test.sources()) {
        expect(["cancelled", "done"]).toContain(source.state);
        const stored = storedOf(test.file, source.id);
        expect(stored.records).toBe(source.records);
        expect(balance(source)).toBe(source.read);
        expect(stored.textBytes).toBeGreaterThan(stored.records > 0 ? stored.reach : -1);
      }
      await test.read(folder);
      expect(test.sources().map((source) => [source.state, source.records, source.messages])).toEqual(
        ["done", "done", "done"].map((state) => [state, 30_000, []]),
      );
    },
  );

  it("also stops a walk that is still finding sources", async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 300; index += 1) writeFileSync(join(folder, `${index}.jsonl`), logLines(10));
    const test = await testImport();
    const adding = test.importer.add([folder]);
    while (test.commits() < 1) await new Promise((resolve) => setTimeout(resolve, 1));
    await test.importer.cancel(null);
    await adding;
    expect(test.importer.isIdle).toBe(true);
    expect(test.sources().length).toBeLessThan(300);
    for (const source of test.sources()) {
      expect(["cancelled", "done"]).toContain(source.state);
      expect(storedOf(test.file, source.id).records).toBe(source.records);
    }
  });

  it("says that nothing is read any more, also where a thread ends after all was told of its source", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "hang.jsonl"), `HANG\n${logLines(10)}`);
    let tell = (): void => {};
    const told = new Promise<void>((resolve) => (tell = resolve));
    class SlowlyEnding extends ParserPool {
      override async discard(client: ParserClient): Promise<void> {
        await told;
        await super.discard(client);
      }
    }
    const pool = new SlowlyEnding(join(import.meta.dirname, "workers/faulty-parser.worker.mjs"), { size: 1 });
    onTestFinished(() => pool[Symbol.asyncDispose]());
    let idles = 0;
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const test = await testImport({
      pool,
      onIdle: () => void (idles += 1),
      onProgress: ({ sources }) => {
        if (sources.some(({ state }) => state === "reading")) begin();
        if (sources.some(({ state }) => state === "cancelled")) tell();
      },
    });
    await test.importer.add([folder]);
    await begun;
    await test.importer.cancel(null);
    expect(test.source("hang.jsonl").state).toBe("cancelled");
    expect(idles).toBe(1);
  });

  it("stops one source and lets the others go on", async () => {
    const folder = temporaryFolder();
    for (const name of ["a", "b"]) writeFileSync(join(folder, `${name}.jsonl`), logLines(60_000));
    const test = await testImport();
    await test.importer.add([folder]);
    await test.importer.cancel(test.source("a.jsonl").id);
    await test.importer.idle();
    expect(test.source("a.jsonl").state).toBe("cancelled");
    expect(test.source("b.jsonl")).toMatchObject({ state: "done", records: 60_000 });
  });
});
