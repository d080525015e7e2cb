/**
 * Reads one source to its end: chunks go from the connector to a parser thread, parts from there to the writer.
 * While one chunk is parsed the next is fetched and the last part is stored; nothing runs further ahead than that.
 */
import { FailureError, type Failure } from "../../../shared/failure.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import type { Micros } from "../../../shared/units.ts";
import type { Run } from "../../../shared/run.ts";
import type { Chunk, Opening } from "../connectors/connector.ts";
import type { Batch, SourceChange } from "../store/protocol.ts";
import { fetchNext } from "./fetch-ahead.ts";
import type { ParserLane } from "./parser-lane.ts";
import { ParserLanes } from "./parser-lanes.ts";
import type { ParserPool } from "./parser-pool.ts";
import { heldOf } from "./held-source.ts";
import { endChange, endState, partChange, type ReadSoFar } from "./part-change.ts";
import type { ParsedPart, ParserStart } from "./protocol.ts";
import { failureOf, stalled } from "./source-ending.ts";
import { SourceLedger } from "./source-ledger.ts";
import type { Stretch } from "./stretch.ts";
import { Stretches, type StretchReader } from "./stretches.ts";

export interface SourceJob {
  readonly sourceId: number;
  readonly opening: Opening;
  /** Format to read it as; null for what the connector names, or else recognition. */
  readonly format: string | null;
  readonly zone: string;
  readonly now: Micros;
  readonly signal: AbortSignal;
}

export interface ReadingDeps {
  readonly run: Run;
  readonly pool: ParserPool;
  /** Time within which a parser must have taken a chunk. */
  readonly stallMs: number;
  /** Stores a part; resolves once it is in the case. */
  readonly commit: (batch: Batch) => Promise<void>;
  /** False once dead letters shall only be counted. */
  readonly keepsLetters: () => boolean;
  /** Bytes on disk that were fetched, for the progress. */
  readonly onBytes: (bytesRead: number) => void;
}

export interface Outcome {
  readonly state: SourceState;
  /** Of a source that failed. */
  readonly failure: Failure | null;
}

/** A smaller source is read sooner than a second thread could begin. */
const WORTH_SPLITTING = 2 * 1_024 * 1_024;

export async function readSource(job: SourceJob, deps: ReadingDeps): Promise<Outcome> {
  return await new Reading(job, deps).run();
}

class Reading implements StretchReader {
  readonly #job: SourceJob;
  readonly #deps: ReadingDeps;
  readonly #ledger = new SourceLedger();
  /** What the connector said. */
  readonly #said: string[] = [];
  #lanes: Promise<ParserLanes> | null = null;
  readonly #stretches: Stretches;
  #format: string | null | undefined = undefined;
  #fetchFailure: Error | null = null;
  #bytesRead = 0;
  #committing: Promise<void> = Promise.resolve();
  /** What the source is in the case, once all of it is there. */
  #endedAs: SourceState | null = null;

  constructor(job: SourceJob, deps: ReadingDeps) {
    this.#job = job;
    this.#deps = deps;
    const { bytes } = job.opening;
    // A stream of unknown length may be long.
    this.#stretches = new Stretches(this, bytes === 0 || bytes > WORTH_SPLITTING);
  }

  async run(): Promise<Outcome> {
    try {
      const failure = await this.#fetch().then(
        () => null,
        (thrown: unknown) => failureOf(thrown, this.#ledger.bytes),
      );
      return await this.#finish(failure);
    } finally {
      await this.#lanes?.then(
        (lanes) => lanes.close(),
        () => {},
      );
    }
  }

  async #fetch(): Promise<void> {
    const { opening, signal } = this.#job;
    const stretches = this.#stretches;
    const stop = new AbortController();
    const fetching = opening.chunks({
      run: this.#deps.run,
      signal: AbortSignal.any([signal, stop.signal]),
      say: (message) => this.#said.push(message),
    });
    const chunks = fetching[Symbol.asyncIterator]();
    try {
      let next = fetchNext(chunks);
      while (!stretches.isOver && !signal.aborted) {
        const fetched = await next;
        this.#fetchFailure = fetched.failure;
        if (fetched.chunk === null) break;
        next = fetchNext(chunks);
        await stretches.put(fetched.chunk);
      }
    } finally {
      stop.abort();
      // Ends the connector's own cleaning up; what it still wants to say is of no interest.
      await chunks.return?.().catch(() => {});
      // A fetch that fails in the middle leaves half a unit: it becomes a dead letter, what stands before it is kept.
      await stretches.end(this.#fetchFailure === null ? "source" : "cut");
    }
    await this.#committing;
    signal.throwIfAborted();
    if (this.#fetchFailure !== null) throw this.#fetchFailure;
  }

  async read(stretch: Stretch, turn: Promise<void>, taken: (bytes: number) => void): Promise<void> {
    const held = await heldOf(stretch, this.#job.opening);
    const { signal } = this.#job;
    const { pool, stallMs } = this.#deps;
    this.#lanes ??= ParserLanes.open(pool, { signal, stallMs, stalled: (operation) => this.#stalled(operation) });
    const lanes = await this.#lanes;
    const lane = await lanes.acquire();
    try {
      if (held === null) await this.#readWith(lane, stretch, turn, taken);
      else await this.#readHeld(lane, stretch, held);
    } catch (thrown) {
      lanes.refuse(thrown instanceof Error ? thrown : new Error(String(thrown)));
      throw thrown;
    } finally {
      await lanes.release(lane);
    }
  }

  async #readWith(
    lane: ParserLane,
    stretch: Stretch,
    turn: Promise<void>,
    taken: (bytes: number) => void,
  ): Promise<void> {
    const { signal } = this.#job;
    const start = this.#startOf(stretch);
    await lane.ask("start", (parser) => parser.call("start", start));
    for (let chunk = await stretch.next(); chunk !== null; chunk = await stretch.next()) {
      const { bytes, bytesRead } = chunk;
      const { buffer, byteLength } = bytes;
      const keepsLetters = this.#deps.keepsLetters();
      let part = await lane.ask("push", (parser) =>
        parser.call("push", { chunk: bytes, keepsLetters }, { transfer: [buffer] }),
      );
      taken(byteLength);
      this.#bytesRead = Math.max(this.#bytesRead, bytesRead);
      this.#deps.onBytes(this.#bytesRead);
      signal.throwIfAborted();
      while (part !== null) {
        await turn;
        await this.#store(stretch, part, null);
        if (part.failure !== null) throw new FailureError(part.failure.reason, part.failure.message);
        // Nothing more is wanted of a source that nothing fits.
        if (this.#format === null) return;
        if (!part.isMore) break;
        part = await lane.ask("push", (parser) => parser.call("readOn", { keepsLetters: this.#deps.keepsLetters() }));
        signal.throwIfAborted();
      }
    }
    signal.throwIfAborted();
    const last = await lane.ask("end", (parser) => parser.call("end", { cut: stretch.end === "cut" }));
    await turn;
    await this.#storeLast(stretch, last);
    if (last.failure !== null) throw new FailureError(last.failure.reason, last.failure.message);
  }

  /** A small source is one call of a thread instead of three. */
  async #readHeld(lane: ParserLane, stretch: Stretch, held: readonly Chunk[]): Promise<void> {
    const { signal } = this.#job;
    signal.throwIfAborted();
    const start = this.#startOf(stretch);
    // What loads the thread is not timed.
    if (!lane.isLoaded) await lane.ask("start", (parser) => parser.call("start", start));
    const chunks = held.map(({ bytes }) => bytes);
    const cut = stretch.end === "cut";
    const transfer = chunks.map(({ buffer }) => buffer);
    const input = { start, chunks, cut, keepsLetters: this.#deps.keepsLetters() };
    const parts = await lane.ask("push", (parser) => parser.call("readWhole", input, { transfer }));
    signal.throwIfAborted();
    this.#bytesRead = held.at(-1)?.bytesRead ?? 0;
    this.#deps.onBytes(this.#bytesRead);
    for (const [index, part] of parts.entries()) {
      if (index < parts.length - 1) await this.#store(stretch, part, null);
      else await this.#storeLast(stretch, part);
      if (part.failure !== null) throw new FailureError(part.failure.reason, part.failure.message);
    }
  }

  #startOf({ number, from }: Stretch): ParserStart {
    const { opening, format, zone, now } = this.#job;
    const name = opening.path;
    const isModified = opening.modified !== null;
    if (number === 0) return { name, format: format ?? opening.format, zone, now, isModified };
    return { name, format: this.#format ?? null, zone, now, from };
  }

  /** The last part of a source says how it ended, in its own transaction. */
  async #storeLast(stretch: Stretch, last: ParsedPart): Promise<void> {
    this.#recognise(last);
    const isWhole = last.failure === null && stretch.end === "source";
    const state = isWhole ? this.#stateOf(null) : null;
    await this.#store(stretch, last, state);
    if (stretch.end === "stretch") return;
    await this.#committing;
    this.#endedAs = state;
  }

  /** Waits for the part before, so that at most one is on its way to the case while the next is made. */
  async #store({ number }: Stretch, part: ParsedPart, endsAs: SourceState | null): Promise<void> {
    await this.#committing;
    this.#recognise(part);
    this.#ledger.take(number, part);
    const ending = endsAs === null ? {} : this.#ending(endsAs, null);
    const { segments, blocks, deadLetters, droppedLetters } = part;
    const change = { ...partChange(part, this.#readSoFar), ...ending };
    const { sourceId } = this.#job;
    this.#committing = this.#deps.commit({ sourceId, segments, blocks, deadLetters, droppedLetters, change });
    this.#committing.catch(() => {}); // Awaited before the next part and at the end; not unhandled until then.
  }

  #recognise({ recognition }: ParsedPart): void {
    if (recognition === null) return;
    this.#format = recognition.format;
    this.#stretches.split(recognition);
  }

  async #finish(failure: Failure | null): Promise<Outcome> {
    // The last part said so already, in its own transaction: of thousands of small files each is two.
    if (failure === null && this.#endedAs !== null) return { state: this.#endedAs, failure: null };
    const state = this.#stateOf(failure);
    await this.#committing.catch(() => {});
    await this.#deps.commit({
      sourceId: this.#job.sourceId,
      segments: [],
      blocks: [],
      deadLetters: [],
      change: this.#ending(state, failure),
    });
    return { state, failure: state === "failed" ? failure : null };
  }

  #stateOf(failure: Failure | null): SourceState {
    if (this.#job.signal.aborted) return "cancelled";
    if (failure !== null) return "failed";
    return endState(this.#format);
  }

  #ending(state: SourceState, failure: Failure | null): SourceChange {
    return endChange(state, failure, this.#job.opening.bytes, this.#readSoFar);
  }

  get #readSoFar(): ReadSoFar {
    return { ledger: this.#ledger, said: this.#said, bytesRead: this.#bytesRead };
  }

  #stalled(operation: string): FailureError {
    return stalled(operation, this.#format, this.#deps.stallMs, this.#ledger.bytes);
  }
}
