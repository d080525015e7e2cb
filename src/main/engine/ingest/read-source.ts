/**
 * Reads one source to its end: chunks go from the connector to a parser thread, parts from there to the writer.
 * While one chunk is parsed the next is fetched and the last part is stored; nothing runs further ahead than that.
 */
import { asFailure, FailureError, type Failure } from "../../../shared/failure.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import type { Micros } from "../../../shared/units.ts";
import type { Run } from "../../../shared/run.ts";
import type { Chunk, Opening } from "../connectors/connector.ts";
import type { Batch, SourceChange } from "../store/protocol.ts";
import type { ParserClient, ParserPool } from "./parser-pool.ts";
import type { ParsedPart } from "./protocol.ts";

/** Parsing a chunk takes milliseconds; what takes this long will not end. */
export const PARSER_STALL_MS = 10_000;

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

export async function readSource(job: SourceJob, deps: ReadingDeps): Promise<Outcome> {
  const parser = await deps.pool.acquire();
  const reading = new Reading(job, deps, parser);
  try {
    return await reading.run();
  } finally {
    if (reading.parserIsSound) deps.pool.release(parser);
    else await deps.pool.discard(parser);
  }
}

class Reading {
  readonly #job: SourceJob;
  readonly #deps: ReadingDeps;
  readonly #parser: ParserClient;
  /** What the connector said. */
  readonly #said: string[] = [];
  #lastPart: ParsedPart | null = null;
  #format: string | null | undefined = undefined;
  #bytesRead = 0;
  #committing: Promise<void> = Promise.resolve();
  /** What the source is in the case, once all of it is there. */
  #endedAs: SourceState | null = null;
  /** False once the thread may be in the middle of something. */
  parserIsSound = true;

  constructor(job: SourceJob, deps: ReadingDeps, parser: ParserClient) {
    this.#job = job;
    this.#deps = deps;
    this.#parser = parser;
  }

  async run(): Promise<Outcome> {
    const failure = await this.#read().then(
      () => null,
      (thrown: unknown) => this.#failureOf(thrown),
    );
    return await this.#finish(failure);
  }

  async #read(): Promise<void> {
    const { opening, format, zone, now, signal } = this.#job;
    const stop = new AbortController();
    const fetching = opening.chunks({
      run: this.#deps.run,
      signal: AbortSignal.any([signal, stop.signal]),
      say: (message) => this.#said.push(message),
    });
    const chunks = fetching[Symbol.asyncIterator]();
    let fetchFailure: Error | null = null;
    try {
      await this.#ask("start", () =>
        this.#parser.call("start", { name: opening.path, format: format ?? opening.format, zone, now }),
      );
      let next = fetchNext(chunks);
      for (;;) {
        const fetched = await next;
        if (fetched.failure !== null) {
          fetchFailure = fetched.failure;
          break;
        }
        if (fetched.chunk === null) break;
        signal.throwIfAborted();
        next = fetchNext(chunks);
        if (!(await this.#push(fetched.chunk))) return;
      }
    } finally {
      stop.abort();
      // Ends the connector's own cleaning up; what it still wants to say is of no interest.
      await chunks.return?.().catch(() => {});
    }
    signal.throwIfAborted();
    // A fetch that fails in the middle leaves half a unit: it becomes a dead letter, what stands before it is kept.
    const cut = fetchFailure !== null;
    const last = await this.#ask("end", () => this.#parser.call("end", { cut }));
    this.#recognise(last);
    const isWhole = last.failure === null && fetchFailure === null;
    const state = isWhole ? this.#stateOf(null) : null;
    await this.#store(last, state === null ? { messages: this.#messages(last) } : this.#ending(state, last, null));
    await this.#committing;
    this.#endedAs = state;
    if (last.failure !== null) throw new FailureError(last.failure.reason, last.failure.message);
    if (fetchFailure !== null) throw fetchFailure;
  }

  /** False when nothing more is wanted: the format is not known. */
  async #push(chunk: Chunk): Promise<boolean> {
    const { bytes, bytesRead } = chunk;
    const keepsLetters = this.#deps.keepsLetters();
    let part = await this.#ask("push", () =>
      this.#parser.call("push", { chunk: bytes, keepsLetters }, { transfer: [bytes.buffer] }),
    );
    this.#bytesRead = bytesRead;
    this.#deps.onBytes(bytesRead);
    this.#job.signal.throwIfAborted();
    while (part !== null) {
      await this.#store(part, {});
      if (part.failure !== null) throw new FailureError(part.failure.reason, part.failure.message);
      if (!part.isMore) return this.#format !== null;
      part = await this.#ask("push", () => this.#parser.call("readOn", { keepsLetters: this.#deps.keepsLetters() }));
      this.#job.signal.throwIfAborted();
    }
    return true;
  }

  /** Waits for the part before, so that at most one is on its way to the case while the next is made. */
  async #store(part: ParsedPart, more: SourceChange): Promise<void> {
    await this.#committing;
    this.#lastPart = part;
    this.#recognise(part);
    const { recognition, segments, blocks, deadLetters, droppedLetters, accounting, tests } = part;
    const change: SourceChange = {
      ...recognition,
      accounting,
      tests: tests ?? undefined,
      bytesRead: this.#bytesRead,
      messages: this.#messages(part),
      ...more,
    };
    const { sourceId } = this.#job;
    this.#committing = this.#deps.commit({ sourceId, segments, blocks, deadLetters, droppedLetters, change });
    // Awaited before the next part and at the end; not unhandled until then.
    this.#committing.catch(() => {});
  }

  #recognise({ recognition }: ParsedPart): void {
    if (recognition !== null) this.#format = recognition.format;
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
      change: this.#ending(state, this.#lastPart, failure),
    });
    return { state, failure: state === "failed" ? failure : null };
  }

  #ending(state: SourceState, last: ParsedPart | null, failure: Failure | null): SourceChange {
    const messages = this.#messages(last);
    if (failure !== null && state === "failed" && !messages.includes(failure.message))
      messages.unshift(failure.message);
    if (state === "not-recognised") {
      messages.unshift("No known format fits; what was tried is listed. It can be read as plain text.");
    }
    const { bytes } = this.#job.opening;
    return {
      state,
      messages,
      bytesRead: this.#bytesRead,
      // A process tells its size only at the end.
      bytes: bytes === 0 && this.#bytesRead > 0 ? this.#bytesRead : undefined,
    };
  }

  #stateOf(failure: Failure | null): SourceState {
    if (this.#job.signal.aborted) return "cancelled";
    if (failure !== null) return "failed";
    if (this.#format === null) return "not-recognised";
    return this.#format === undefined ? "empty" : "done";
  }

  #messages(part: ParsedPart | null): string[] {
    return [...this.#said, ...(part?.messages ?? [])];
  }

  /** One call of the parser thread; one that does not answer in time is taken for hanging. */
  async #ask<T>(operation: string, call: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let onAbort = (): void => {};
    const { signal } = this.#job;
    this.parserIsSound = false;
    try {
      const answer = await Promise.race([
        call(),
        new Promise<never>((_resolve, reject) => {
          // The first call waits for the thread to load, which is no fault of the format.
          if (operation !== "start") timer = setTimeout(() => reject(this.#stalled(operation)), this.#deps.stallMs);
          onAbort = () => reject(new FailureError("cancelled", "The import was cancelled."));
          signal.addEventListener("abort", onAbort, { once: true });
        }),
      ]);
      this.parserIsSound = true;
      return answer;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
  }

  #stalled(operation: string): FailureError {
    const seconds = this.#deps.stallMs / 1_000;
    const where = operation === "end" ? "at the end" : `after byte ${this.#lastPart?.bytes ?? 0}`;
    return new FailureError(
      "parser-stalled",
      `The format ${this.#format ?? "(being recognised)"} did not answer within ${seconds} s ${where} and was stopped. What was stored before is kept; read it as another format, or cut the file there.`,
    );
  }

  #failureOf(thrown: unknown): Failure {
    const failure = asFailure(thrown);
    if (failure.reason !== "internal" && failure.reason !== "worker-ended") return failure;
    const read = this.#lastPart?.bytes ?? 0;
    return {
      reason: "parser-failed",
      message: `Reading stopped after byte ${read}: ${failure.message} What was stored before is kept.`,
    };
  }
}

type Fetched =
  | { readonly chunk: Chunk | null; readonly failure: null }
  | { readonly chunk: null; readonly failure: Error };

/** A fetch runs ahead of the parser, so that its failure is a value until somebody looks at it. */
const fetchNext = (chunks: AsyncIterator<Chunk>): Promise<Fetched> =>
  chunks.next().then(
    (result): Fetched => ({ chunk: result.done === true ? null : result.value, failure: null }),
    (thrown: unknown): Fetched => ({
      chunk: null,
      failure: thrown instanceof Error ? thrown : new Error(String(thrown)),
    }),
  );
