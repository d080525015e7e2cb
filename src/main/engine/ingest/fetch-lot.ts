/**
 * Fetches small sources whole: files on disk in one call of a thread, where that is offered, and all others side by side,
 * each through its connector's policies.
 */
import { dirname } from "node:path";
import type { Run } from "../../../shared/run.ts";
import type { Chunk } from "../connectors/connector.ts";
import { isUtf16 } from "../connectors/support/utf16.ts";
import type { Batch } from "../store/protocol.ts";
import type { FileThread } from "./files/file-thread.ts";
import { MOST_HELD } from "./held-source.ts";
import { type ImportJob, latestTime } from "./import-queue.ts";
import { allAborted } from "./all-aborted.ts";
import { endChange, endState, partChange } from "./part-change.ts";
import type { ParsedPart, ParserStart, WholeSource } from "./protocol.ts";
import { failureOf } from "./source-ending.ts";
import { SourceLedger } from "./source-ledger.ts";

export interface FetchDeps {
  readonly run: Run;
  /** Without it each file is fetched by itself. */
  readonly files: FileThread | undefined;
}

/** Sources that are fetched at a time: as many as the system's calls have threads. */
const FETCHED_AT_ONCE = 4;

/** A source that was fetched whole. */
export class HeldSource {
  readonly job: ImportJob;
  readonly #chunks: readonly Chunk[];
  readonly #said: readonly string[];

  constructor(job: ImportJob, chunks: readonly Chunk[], said: readonly string[]) {
    this.job = job;
    this.#chunks = chunks;
    this.#said = said;
  }

  get start(): ParserStart {
    const { opening, format, zone } = this.job;
    return {
      name: opening.path,
      format: format ?? opening.format,
      zone,
      now: latestTime(opening),
      isModified: opening.modified !== null,
    };
  }

  get whole(): WholeSource {
    return { start: this.start, chunks: this.#chunks.map(({ bytes }) => bytes), cut: false, keepsLetters: true };
  }

  batch(part: ParsedPart): Batch {
    const { sourceId, opening } = this.job;
    const ledger = new SourceLedger();
    ledger.take(0, part);
    const soFar = { ledger, said: this.#said, bytesRead: this.#chunks.at(-1)?.bytesRead ?? 0 };
    const ending = endChange(endState(part.recognition?.format), null, opening.bytes, soFar);
    const { segments, blocks, deadLetters, droppedLetters } = part;
    const change = { ...partChange(part, soFar), ...ending };
    return { sourceId, segments, blocks, deadLetters, droppedLetters, change };
  }
}

/** A source of which not a byte could be fetched. */
export class FailedSource {
  readonly job: ImportJob;
  readonly #thrown: unknown;
  readonly #said: readonly string[];

  constructor(job: ImportJob, thrown: unknown, said: readonly string[]) {
    this.job = job;
    this.#thrown = thrown;
    this.#said = said;
  }

  batch(): Batch {
    const { sourceId, opening } = this.job;
    const soFar = { ledger: new SourceLedger(), said: this.#said, bytesRead: 0 };
    const change = endChange("failed", failureOf(this.#thrown, 0), opening.bytes, soFar);
    return { sourceId, segments: [], blocks: [], deadLetters: [], change };
  }
}

export type Fetched = HeldSource | FailedSource;

/** In the order of the jobs; null where one has to be read by itself. */
export async function fetchLot(jobs: readonly ImportJob[], deps: FetchDeps): Promise<readonly (Fetched | null)[]> {
  const files = jobs.filter(({ opening }) => opening.isPlainFile === true);
  const together = await fetchTogether(files, deps);
  const others = jobs.filter((job) => !together.has(job));
  const fetched = new Map<ImportJob, Fetched | null>(together);
  (await fetchAll(others, deps.run)).forEach((source, index) => {
    const job = others[index];
    if (job !== undefined) fetched.set(job, source);
  });
  return jobs.map((job) => fetched.get(job) ?? null);
}

/**
 * Files on disk, in one call. Empty where that is not offered, or went wrong; null of a file that has to be read by itself,
 * which says what is wrong with it.
 */
async function fetchTogether(
  jobs: readonly ImportJob[],
  { run, files }: FetchDeps,
): Promise<ReadonlyMap<ImportJob, HeldSource | null>> {
  const [first] = jobs;
  if (first === undefined || files?.isQuick !== true) return new Map();
  const signal = allAborted(jobs.map(({ controller }) => controller.signal));
  const wanted = jobs.map(({ opening: { path, bytes } }) => ({ path, bytes }));
  const call = { connector: "folder", target: dirname(first.opening.path), operation: "read" };
  try {
    const read = await run(call, (attempt) => files.read(wanted, attempt), signal);
    return new Map(jobs.map((job, index) => [job, heldOf(job, read[index] ?? null)]));
  } catch {
    return new Map();
  }
}

function heldOf(job: ImportJob, bytes: Uint8Array<ArrayBuffer> | null): HeldSource | null {
  if (bytes === null || job.controller.signal.aborted || isUtf16(bytes)) return null;
  return new HeldSource(job, [{ bytes, bytesRead: bytes.byteLength }], []);
}

async function fetchAll(jobs: readonly ImportJob[], run: Run): Promise<readonly (Fetched | null)[]> {
  const fetched = new Array<Fetched | null>(jobs.length).fill(null);
  const next = jobs.entries();
  const fetchSome = async (): Promise<void> => {
    for (const [index, job] of next) fetched[index] = await fetchOne(job, run);
  };
  await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, fetchSome));
  return fetched;
}

/** Null where it has to be read by itself. */
async function fetchOne(job: ImportJob, run: Run): Promise<Fetched | null> {
  const { signal } = job.controller;
  const said: string[] = [];
  const chunks: Chunk[] = [];
  let bytes = 0;
  try {
    for await (const chunk of job.opening.chunks({ run, signal, say: (message) => said.push(message) })) {
      bytes += chunk.bytes.byteLength;
      if (bytes > MOST_HELD) return null;
      if (chunk.bytes.byteLength > 0) chunks.push(chunk);
    }
    return signal.aborted ? null : new HeldSource(job, chunks, said);
  } catch (thrown) {
    return signal.aborted || chunks.length > 0 ? null : new FailedSource(job, thrown, said);
  }
}
