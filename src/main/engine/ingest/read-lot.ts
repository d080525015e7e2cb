/**
 * Reads many small sources as one: fetched side by side, parsed in one call of a thread, stored in one transaction.
 * Only what goes well is settled here, and what could not be fetched at all. A source that is larger than it looked, that
 * was cut off, or that brings more than one part or more dead letters than are kept, is given back and read by itself.
 */
import type { Run } from "../../../shared/run.ts";
import type { Chunk } from "../connectors/connector.ts";
import type { Batch } from "../store/protocol.ts";
import { isSmall, MOST_HELD } from "./held-source.ts";
import { type ImportJob, latestTime } from "./import-queue.ts";
import { ParserLane } from "./parser-lane.ts";
import type { ParserPool } from "./parser-pool.ts";
import { endChange, endState, partChange } from "./part-change.ts";
import type { ParsedPart, ParserStart, WholeSource } from "./protocol.ts";
import { failureOf, stalled } from "./source-ending.ts";
import { SourceLedger } from "./source-ledger.ts";
import type { Turns } from "./turns.ts";

export interface LotDeps {
  readonly run: Run;
  readonly pool: ParserPool;
  /** Of lots that have a thread; others are fetched and stored meanwhile. */
  readonly turns: Turns;
  /** Time within which a parser must have read all of a lot. */
  readonly stallMs: number;
  /** Stores the parts in one transaction; resolves once they are in the case. */
  readonly commit: (batches: readonly Batch[]) => Promise<void>;
}

/** Sources that are fetched at a time: as many as the system's calls have threads. */
const FETCHED_AT_ONCE = 4;

/** Whether a source may be one of a lot. */
export const fitsLot = ({ opening, isAlone }: ImportJob): boolean => !isAlone && isSmall(opening) && !opening.series;

/** Resolves to the jobs of which nothing was stored. */
export async function readLot(jobs: readonly ImportJob[], deps: LotDeps): Promise<readonly ImportJob[]> {
  try {
    const fetched = await fetchAll(jobs, deps.run);
    const held = fetched.filter((source) => source instanceof HeldSource);
    const failed = fetched.filter((source) => source instanceof FailedSource);
    const parts = held.length === 0 ? [] : await deps.turns.take(() => parse(held, deps));
    const settled = new Map<ImportJob, Batch>(failed.map((source) => [source.job, source.batch()]));
    held.forEach((source, index) => {
      const part = parts[index] ?? null;
      if (part !== null && source.job.letters.fits(part.deadLetters)) settled.set(source.job, source.batch(part));
    });
    for (const job of settled.keys()) if (job.controller.signal.aborted) settled.delete(job);
    if (settled.size > 0) await deps.commit([...settled.values()]);
    return jobs.filter((job) => !settled.has(job));
  } catch {
    // Which of them it was, and what is wrong with it, is seen once each is read by itself.
    return jobs;
  }
}

/** A source that was fetched whole. */
class HeldSource {
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
class FailedSource {
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

async function fetchAll(jobs: readonly ImportJob[], run: Run): Promise<readonly (HeldSource | FailedSource | null)[]> {
  const fetched = new Array<HeldSource | FailedSource | null>(jobs.length).fill(null);
  const next = jobs.entries();
  const fetchSome = async (): Promise<void> => {
    for (const [index, job] of next) fetched[index] = await fetchOne(job, run);
  };
  await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, fetchSome));
  return fetched;
}

/** Null where it has to be read by itself. */
async function fetchOne(job: ImportJob, run: Run): Promise<HeldSource | FailedSource | null> {
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

async function parse(held: readonly HeldSource[], { pool, stallMs }: LotDeps): Promise<readonly (ParsedPart | null)[]> {
  const signal = allAborted(held.map(({ job }) => job.controller.signal));
  const limits = { signal, stallMs, stalled: (operation: string) => stalled(operation, undefined, stallMs, 0) };
  const lane = new ParserLane(pool, await pool.acquire(signal), limits);
  try {
    const sources = held.map(({ whole }) => whole);
    const transfer = sources.flatMap(({ chunks }) => chunks.map(({ buffer }) => buffer as ArrayBuffer));
    const [first] = sources;
    // What loads the thread is not timed.
    if (!lane.isLoaded && first !== undefined) await lane.ask("start", (parser) => parser.call("start", first.start));
    return await lane.ask("push", (parser) => parser.call("readLot", sources, { transfer }));
  } finally {
    await lane.release();
  }
}

/** Aborts once all of them have. */
function allAborted(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  let left = signals.filter(({ aborted }) => !aborted).length;
  if (left === 0) all.abort();
  for (const signal of signals) {
    signal.addEventListener("abort", () => (left -= 1) === 0 && all.abort(), { once: true });
  }
  return all.signal;
}
