// An importer on a real case with real threads, and the accounting of the case as an independent reader sees it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { Importer, type ImporterOptions } from "../../../src/main/engine/ingest/importer.ts";
import type { ImportProgress } from "../../../src/main/engine/ingest/live-sources.ts";
import { ParserPool } from "../../../src/main/engine/ingest/parser-pool.ts";
import { runDirectly } from "../../../src/main/engine/resilience/run.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import type { WriterMethods } from "../../../src/main/engine/store/writer-methods.ts";
import { WorkerClient } from "../../../src/main/engine/threads/rpc.ts";
import { workerFile } from "../../../src/main/engine/workers.ts";
import type { Failure } from "../../../src/shared/failure.ts";
import type { Source } from "../../../src/shared/model/source.ts";

export const workersFolder = join(import.meta.dirname, "../../../out/main");

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "faultline-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestImport {
  readonly file: string;
  readonly importer: Importer;
  readonly progress: ImportProgress[];
  readonly failures: Failure[];
  /** How often something was committed. */
  commits(): number;
  /** What the case says of its sources, in the order of their paths. */
  sources(): readonly Source[];
  source(name: string): Source;
  /** Adds paths and waits until all is read. */
  read(...paths: string[]): Promise<void>;
}

export async function testImport(
  options: Partial<ImporterOptions> & { parserFile?: string } = {},
): Promise<TestImport> {
  const file = join(temporaryFolder(), "test.faultline");
  const writer = new WorkerClient<WriterMethods>(workerFile(workersFolder, "writer"));
  await writer.call("open", { file, create: true, title: "Test" });
  const pool = new ParserPool(options.parserFile ?? workerFile(workersFolder, "parser"), { size: 2 });
  const progress: ImportProgress[] = [];
  const failures: Failure[] = [];
  let commits = 0;
  const sources = (): readonly Source[] => {
    using reader = openCaseReader(file);
    return reader.sources().toSorted((a, b) => (a.path < b.path ? -1 : 1));
  };
  const importer = new Importer({
    writer,
    pool,
    run: runDirectly,
    stallMs: 10_000,
    zone: () => "UTC",
    isOwn: () => false,
    sources: () => Promise.resolve(sources()),
    onProgress: (step) => void progress.push(step),
    onFailure: (failure) => void failures.push(failure),
    onIdle: () => {},
    ...options,
    onCommit: (revision, records) => {
      commits += 1;
      options.onCommit?.(revision, records);
    },
  });
  onTestFinished(async () => {
    await importer[Symbol.asyncDispose]();
    await pool[Symbol.asyncDispose]();
    await writer.call("close", null);
    await writer.end();
  });
  return {
    file,
    importer,
    progress,
    failures,
    commits: () => commits,
    sources,
    source: (name) => {
      const found = sources().find((source) => source.path.endsWith(name));
      if (found === undefined) throw new Error(`no source ${name}`);
      return found;
    },
    read: async (...paths) => {
      await importer.add(paths);
      await importer.idle();
    },
  };
}

/** What the case really holds of a source, counted from its segments and blocks. */
export function storedOf(file: string, sourceId: number): { records: number; textBytes: number; reach: number } {
  using reader = openCaseReader(file);
  const segments = reader.segments().filter((segment) => segment.sourceId === sourceId);
  const blocks = [...reader.rawBlocks(sourceId)];
  const last = blocks.at(-1);
  return {
    records: segments.reduce((sum, segment) => sum + segment.count, 0),
    textBytes: last === undefined ? 0 : last.offset + last.bytes.byteLength,
    reach: segments.reduce((most, segment) => Math.max(most, segment.lastOffset), 0),
  };
}

export const logLine = (index: number, level = "info"): string =>
  `${JSON.stringify({ time: new Date(1_772_360_000_000 + index * 10).toISOString(), level, service: "checkout", msg: `order ${index} placed` })}\n`;

export const logLines = (count: number): string => Array.from({ length: count }, (_, index) => logLine(index)).join("");
