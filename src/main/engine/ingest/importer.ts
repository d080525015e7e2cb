/**
 * Brings paths into a case: finds what can be read, skips what is there unchanged, reads several sources at a time,
 * the largest first, and tells how far it is.
 */
import { asFailure, FailureError, type Failure } from "../../../shared/failure.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { Run } from "../../../shared/run.ts";
import { micros, MICROS_PER_MILLISECOND, type Micros } from "../../../shared/units.ts";
import type { ConnectorContext, Opening } from "../connectors/connector.ts";
import { locate, type Located } from "../connectors/locate.ts";
import type { Batch, NewSource, SourceChange, WriterMethods } from "../store/protocol.ts";
import type { WorkerClient } from "../threads/rpc.ts";
import { failureToRead, fallingBackOnCase, holdsOlder, staleMessages } from "./kept-source.ts";
import { LetterCap, NO_LIMITS, type LetterLimits } from "./letter-cap.ts";
import { newLiveSource, withBatch, withChange } from "./live-source.ts";
import type { ParserPool } from "./parser-pool.ts";
import { Rate } from "./rate.ts";
import { readSource } from "./read-source.ts";
import { buffersOf } from "./transfer.ts";

export interface ImportProgress {
  /** Sources that changed since the last progress. */
  readonly sources: readonly Source[];
  readonly reading: number;
  readonly bytesPerSecond: number;
}

export interface ImporterOptions {
  readonly writer: WorkerClient<WriterMethods>;
  readonly pool: ParserPool;
  readonly run: Run;
  readonly stallMs: number;
  /** Zone of times that state none. */
  readonly zone: () => string;
  /** Whether a path is a file of the case itself, which changes while it is read into. */
  readonly isOwn: (path: string) => boolean;
  /** Sources that the case holds. */
  readonly sources: () => Promise<readonly Source[]>;
  /** Dead letters of one source that are kept; without it, all are. */
  readonly letterLimits?: () => LetterLimits;
  /** A source has more of them: wait for somebody to say how to go on, or only count what is over. */
  readonly onTooManyLetters?: (source: Source) => "ask" | "count";
  /** Something is in the case that was not there before, among it so many records. */
  readonly onCommit: (revision: number, records: number) => void;
  readonly onProgress: (progress: ImportProgress) => void;
  /** Something that belongs to no source, or to one that stays as it is. */
  readonly onFailure: (failure: Failure) => void;
  /** Nothing is being read any more. */
  readonly onIdle: () => void;
}

interface Job {
  readonly sourceId: number;
  readonly opening: Opening;
  readonly format: string | null;
  readonly zone: string;
  readonly controller: AbortController;
  readonly letters: LetterCap;
}

/** How to go on with a source that has more dead letters than are kept. */
export type LettersAnswer = "count" | "keep";

const PROGRESS_MS = 100;
const SMALL_BYTES = 256 * 1_024;

export class Importer implements AsyncDisposable {
  readonly #options: ImporterOptions;
  readonly #live = new Map<number, Source>();
  readonly #changed = new Set<number>();
  /** The largest last. */
  readonly #queue: Job[] = [];
  readonly #active = new Map<number, { readonly job: Job; readonly done: Promise<void> }>();
  /** Paths that wait or are being read: added again meanwhile, they are left alone. */
  readonly #paths = new Set<string>();
  /** Sources that wait for somebody to say how to go on. */
  readonly #paused = new Map<number, (answer: LettersAnswer) => void>();
  readonly #closing = new AbortController();
  readonly #rate = new Rate();
  readonly #idleWaiters: (() => void)[] = [];
  /** One for each walk that is still finding sources. */
  readonly #locating = new Map<AbortController, Promise<void>>();
  #progressTimer: NodeJS.Timeout | null = null;

  constructor(options: ImporterOptions) {
    this.#options = options;
  }

  /** Sources that wait or are being read. */
  get reading(): number {
    return this.#queue.length + this.#active.size;
  }

  get isIdle(): boolean {
    return this.reading === 0 && this.#locating.size === 0;
  }

  /** Resolves once every source is in the case's list; reading goes on in the background. */
  async add(paths: readonly string[]): Promise<void> {
    const stop = new AbortController();
    this.#options.pool.warm();
    const walk = this.#walk(paths, stop.signal);
    this.#locating.set(stop, walk);
    try {
      await walk;
    } catch (thrown) {
      if (!stop.signal.aborted) throw thrown;
    } finally {
      this.#locating.delete(stop);
      this.#pump();
    }
  }

  /** Reads a source again, as a named format or in another zone; what it held goes only once it can be read. */
  async readAs(source: Source, format: string | null, zone: string | null): Promise<void> {
    await this.cancel(source.id);
    const found = await this.#openingOf(source.path);
    if (this.#paths.has(source.path)) {
      throw new FailureError("busy", `${source.path} is being read at the moment; cancel that first.`);
    }
    this.#paths.add(source.path);
    try {
      await this.#options.writer.call("clearSource", { sourceId: source.id });
    } catch (thrown) {
      this.#paths.delete(source.path);
      throw thrown;
    }
    const row: NewSource = {
      path: source.path,
      connector: source.connector,
      zone: zone ?? source.zone,
      bytes: found.bytes,
      identity: found.identity,
    };
    this.#set(newLiveSource(source.id, row));
    await this.#change(source.id, { zone: row.zone });
    this.#enqueue({ sourceId: source.id, opening: found, format, zone: row.zone });
  }

  /** Answers a paused source; fails with "not-paused". */
  continue(sourceId: number, answer: LettersAnswer): void {
    const resolve = this.#paused.get(sourceId);
    if (resolve === undefined) throw new FailureError("not-paused", `Source ${sourceId} does not wait for an answer.`);
    resolve(answer);
  }

  /** Stops one source, or with null all; resolves when nothing of it is written any more. */
  async cancel(sourceId: number | null): Promise<void> {
    if (sourceId === null) {
      for (const stop of this.#locating.keys()) stop.abort();
      await Promise.allSettled(this.#locating.values());
    }
    for (const job of this.#queue.filter((waiting) => sourceId === null || waiting.sourceId === sourceId)) {
      this.#queue.splice(this.#queue.indexOf(job), 1);
      this.#paths.delete(job.opening.path);
      await this.#change(job.sourceId, { state: "cancelled" });
    }
    const active = [...this.#active.values()].filter(({ job }) => sourceId === null || job.sourceId === sourceId);
    for (const { job } of active) job.controller.abort();
    await Promise.all(active.map(({ done }) => done));
    this.#settleIdle();
  }

  /** Resolves when nothing is being read. */
  async idle(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.cancel(null);
    if (this.#progressTimer !== null) clearTimeout(this.#progressTimer);
    this.#progressTimer = null;
  }

  /** Cancelled, it ends early; what was found so far is in the list. */
  async #walk(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const known = new Map((await this.#options.sources()).map((source) => [source.path, source]));
    const context = this.#locatingContext(signal);
    const run = fallingBackOnCase(context.run, ({ target }) => known.get(target));
    for await (const located of locate(paths, { ...context, run })) {
      if (signal.aborted) return;
      await this.#take(located, known);
    }
  }

  #locatingContext(signal: AbortSignal): ConnectorContext {
    return { run: this.#options.run, signal: AbortSignal.any([this.#closing.signal, signal]), say: () => {} };
  }

  async #openingOf(path: string): Promise<Opening> {
    for await (const located of locate([path], this.#locatingContext(this.#closing.signal))) {
      if (located.type === "source" && located.opening.path === path) return located.opening;
      if (located.type === "failure") throw new FailureError(located.failure.reason, located.failure.message);
    }
    throw new FailureError("not-found", `${path} cannot be read again: it is not a single source any more.`);
  }

  async #take(located: Located, known: ReadonlyMap<string, Source>): Promise<void> {
    const zone = this.#options.zone();
    const { connector } = located;
    if (this.#options.isOwn(located.type === "source" ? located.opening.path : located.path)) return;
    if (located.type === "source") {
      const { opening } = located;
      const held = known.get(opening.path);
      if (holdsOlder(held, opening) && !this.#paths.has(opening.path)) {
        const failure = await failureToRead(opening, held, this.#locatingContext(this.#closing.signal));
        if (failure !== null) return await this.#keep(held, failure);
      }
      return await this.#takeSource(opening, connector, zone);
    }
    const { path } = located;
    if (located.type === "note") {
      const identity = located.messages.join("\n");
      const added = await this.#register({ path, connector, zone, bytes: 0, identity });
      if (added !== null) await this.#change(added, { state: "done", messages: located.messages });
      return;
    }
    const held = known.get(path);
    if (held !== undefined && held.read > 0) return await this.#keep(held, located.failure);
    const added = await this.#register({ path, connector, zone, bytes: 0, identity: "" });
    if (added !== null) await this.#change(added, { state: "failed", messages: [located.failure.message] });
  }

  async #keep(held: Source, failure: Failure): Promise<void> {
    const { reason, message } = failure;
    this.#options.onFailure({ reason, message: `${message} What the case holds of it stays.` });
    if (this.#live.has(held.id)) return;
    this.#set(held);
    await this.#change(held.id, { messages: staleMessages(held, failure) });
  }

  async #takeSource(opening: Opening, connector: string, zone: string): Promise<void> {
    const { path, bytes, identity } = opening;
    if (this.#paths.has(path)) return;
    // Taken before the writer answers: the same path may be added again meanwhile.
    this.#paths.add(path);
    let sourceId: number | null = null;
    try {
      sourceId = await this.#register({ path, connector, zone, bytes, identity });
    } finally {
      if (sourceId === null) this.#paths.delete(path);
    }
    if (sourceId !== null) this.#enqueue({ sourceId, opening, format: null, zone });
  }

  /** Id of the source; null when it is in the case unchanged. */
  async #register(source: NewSource): Promise<number | null> {
    const { sourceId, revision, unchanged } = await this.#options.writer.call("addSource", source);
    if (unchanged) return null;
    this.#set(newLiveSource(sourceId, source));
    this.#options.onCommit(revision, 0);
    return sourceId;
  }

  #enqueue(job: Omit<Job, "controller" | "letters">): void {
    const letters = new LetterCap(this.#options.letterLimits?.() ?? NO_LIMITS);
    const { bytes } = job.opening;
    this.#queue.splice(this.#placeOf(bytes), 0, { ...job, controller: new AbortController(), letters });
    this.#paths.add(job.opening.path);
    this.#pump();
  }

  /** Where a job of this size waits: before those of its size, which came earlier and go first. */
  #placeOf(bytes: number): number {
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#queue[middle]?.opening.bytes ?? 0) < bytes) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The largest first: the longest work must not be the last to start. */
  #pump(): void {
    const { pool } = this.#options;
    while (
      this.#active.size - this.#paused.size < pool.size &&
      this.#queue.length > 0 &&
      !this.#closing.signal.aborted
    ) {
      const job = this.#queue.pop();
      if (job !== undefined) this.#active.set(job.sourceId, { job, done: this.#readJob(job) });
    }
    this.#settleIdle();
  }

  async #readJob(job: Job): Promise<void> {
    try {
      await this.#read(job);
    } catch (thrown) {
      // The case cannot be written: nothing more is read, and it is said loudly.
      const { reason, message } = asFailure(thrown);
      this.#set(withChange(this.#row(job.sourceId), { state: "failed", messages: [message] }));
      this.#options.onFailure({ reason, message: `${job.opening.path} could not be stored: ${message}` });
    } finally {
      this.#active.delete(job.sourceId);
      this.#paths.delete(job.opening.path);
      this.#pump();
    }
  }

  async #read(job: Job): Promise<void> {
    const { sourceId, opening, format, zone, controller } = job;
    const { run, pool, stallMs } = this.#options;
    // A small file has ended before anybody could have seen in the case that it is read: a transaction less.
    if (opening.bytes > 0 && opening.bytes <= SMALL_BYTES) {
      this.#set(withChange(this.#row(sourceId), { state: "reading" }));
    } else await this.#change(sourceId, { state: "reading" });
    await readSource(
      { sourceId, opening, format, zone, now: latestTime(opening), signal: controller.signal },
      {
        run,
        pool,
        stallMs,
        commit: (batch) => this.#commit(batch, job),
        keepsLetters: () => !job.letters.countsOnly,
        onBytes: (bytesRead) => {
          const row = this.#row(sourceId);
          this.#rate.add(bytesRead - row.bytesRead);
          this.#set({ ...row, bytesRead });
        },
      },
    );
  }

  async #commit(part: Batch, job: Job): Promise<void> {
    while (!job.letters.countsOnly && !job.letters.fits(part.deadLetters)) await this.#tooManyLetters(part, job);
    const batch = job.letters.take(part);
    const { revision } = await this.#options.writer.call("commit", batch, { transfer: buffersOf(batch) });
    this.#set(withBatch(this.#row(batch.sourceId), batch));
    this.#options.onCommit(
      revision,
      batch.segments.reduce((sum, segment) => sum + segment.count, 0),
    );
  }

  /** Ten million letters of one bad file must not fill the disk: somebody decides, and until then nothing is read. */
  async #tooManyLetters({ deadLetters }: Batch, { sourceId, letters, controller }: Job): Promise<void> {
    const { pool, onTooManyLetters } = this.#options;
    if (onTooManyLetters?.(this.#row(sourceId)) === "count") {
      letters.countsOnly = true;
      return;
    }
    const kept = letters.kept.toLocaleString("en-US");
    const answered = this.#answer(sourceId, controller.signal);
    pool.park();
    try {
      const message = `Reading waits: there are more dead letters than the ${kept} that are kept so far. Go on and only count them, keep as many again, or stop.`;
      await this.#change(sourceId, { state: "paused", messages: [message] });
      this.#pump();
      if ((await answered) === "keep") letters.extend(deadLetters);
      else letters.countsOnly = true;
      await this.#change(sourceId, { state: "reading" });
    } finally {
      this.#paused.delete(sourceId);
      pool.unpark();
    }
  }

  #answer(sourceId: number, signal: AbortSignal): Promise<LettersAnswer> {
    const answer = new Promise<LettersAnswer>((resolve, reject) => {
      const onAbort = (): void => reject(new FailureError("cancelled", "The import was cancelled."));
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      this.#paused.set(sourceId, resolve);
    });
    // Awaited once the case says that the source waits; not unhandled until then.
    answer.catch(() => {});
    return answer;
  }

  async #change(sourceId: number, change: SourceChange): Promise<void> {
    const { revision } = await this.#options.writer.call("changeSource", { sourceId, change });
    this.#set(withChange(this.#row(sourceId), change));
    this.#options.onCommit(revision, 0);
  }

  #row(sourceId: number): Source {
    const row = this.#live.get(sourceId);
    if (row === undefined) throw new Error(`source ${sourceId} is not being read`);
    return row;
  }

  #set(row: Source): void {
    this.#live.set(row.id, row);
    this.#changed.add(row.id);
    this.#progressTimer ??= setTimeout(() => this.#tell(), PROGRESS_MS);
  }

  #tell(): void {
    if (this.#progressTimer !== null) clearTimeout(this.#progressTimer);
    this.#progressTimer = null;
    const sources = [...this.#changed].flatMap((id) => this.#live.get(id) ?? []);
    this.#changed.clear();
    this.#options.onProgress({ sources, reading: this.reading, bytesPerSecond: this.#rate.perSecond() });
  }

  #settleIdle(): void {
    if (!this.isIdle || this.#closing.signal.aborted) return this.#wake();
    if (this.#changed.size === 0 && this.#idleWaiters.length === 0) return;
    this.#tell();
    this.#live.clear();
    this.#options.onIdle();
    this.#wake();
  }

  #wake(): void {
    if (!this.isIdle) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }
}

/** Nothing in a file is younger than the file; a clock that is behind must not hide what is. */
const latestTime = ({ modified }: Opening): Micros =>
  micros(Math.max(modified ?? Date.now(), 0) * MICROS_PER_MILLISECOND);
