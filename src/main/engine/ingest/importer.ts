/** Brings paths into a case: reads several sources at a time, the largest first, until all are read or somebody stops. */
import { asFailure, FailureError } from "../../../shared/failure.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { BatchesTogether, NewSource } from "../store/protocol.ts";
import { isSmall } from "./held-source.ts";
import { type ImportJob, ImportQueue, latestTime } from "./import-queue.ts";
import { Intake, type IntakeOptions, type TakenSource } from "./intake.ts";
import { LetterCap, NO_LIMITS, type LetterLimits } from "./letter-cap.ts";
import { LetterPauses, type LettersAnswer } from "./letter-pauses.ts";
import { newLiveSource } from "./live-source.ts";
import { LiveSources, type LiveSourcesOptions } from "./live-sources.ts";
import { LotSizes } from "./lot-sizes.ts";
import { LotThreads } from "./lot-threads.ts";
import type { ParserPool } from "./parser-pool.ts";
import { fitsLot, readLot } from "./read-lot.ts";
import { readSource } from "./read-source.ts";

export interface ImporterOptions extends IntakeOptions, LiveSourcesOptions {
  readonly pool: ParserPool;
  readonly stallMs: number;
  /** Dead letters of one source that are kept; without it, all are. */
  readonly letterLimits?: () => LetterLimits;
  /** A source has more of them: wait for somebody to say how to go on, or only count what is over. */
  readonly onTooManyLetters?: (source: Source) => "ask" | "count";
  /** Nothing is being read any more. */
  readonly onIdle: () => void;
}

/** What no other source can do anything about. */
const FAULTS_OF_CASE: ReadonlySet<string> = new Set([
  "disk-full",
  "unwritable",
  "unreadable",
  "damaged-case",
  "worker-ended",
]);

export class Importer implements AsyncDisposable {
  readonly #options: ImporterOptions;
  readonly #queue = new ImportQueue();
  readonly #active = new Map<number, { readonly job: ImportJob; readonly done: Promise<void> }>();
  readonly #lotSizes = new LotSizes();
  readonly #lotThreads: LotThreads;
  /** Single sources and lots that are being read. */
  #readers = 0;
  #isPumpDue = false;
  /** Changes of sources that nobody reads which are still to be said in the case: they are withdrawn, or cleared. */
  #saying = 0;
  /** The case cannot be written, and that was said. */
  #hasGivenUp = false;
  readonly #claimed = new Set<string>();
  readonly #closing = new AbortController();
  readonly #idleWaiters: (() => void)[] = [];
  readonly #live: LiveSources;
  readonly #intake: Intake;
  readonly #pauses: LetterPauses;

  constructor(options: ImporterOptions) {
    const { pool, onTooManyLetters = () => "ask" } = options;
    this.#options = options;
    this.#lotThreads = new LotThreads(pool);
    this.#live = new LiveSources(options, () => this.reading);
    this.#intake = new Intake(options, {
      live: this.#live,
      claimed: this.#claimed,
      closing: this.#closing.signal,
      read: (taken) => this.#enqueue(taken, null),
    });
    this.#pauses = new LetterPauses({
      pool,
      live: this.#live,
      onTooMany: onTooManyLetters,
      onPause: () => this.#pump(),
    });
  }

  /** Sources that wait or are being read. */
  get reading(): number {
    return this.#queue.size + this.#active.size;
  }

  get isIdle(): boolean {
    return this.reading === 0 && this.#saying === 0 && this.#intake.isIdle;
  }

  /** Resolves once every source is in the case's list; reading goes on in the background. */
  async add(paths: readonly string[]): Promise<void> {
    this.#options.pool.warm();
    try {
      await this.#intake.walk(paths);
    } finally {
      this.#pump();
    }
  }

  /** Reads a source again, as a named format or in another zone; what it held goes only once it can be read. */
  async readAs(source: Source, format: string | null, zone: string | null): Promise<void> {
    await this.cancel(source.id);
    const opening = await this.#intake.openingOf(source.path);
    if (this.#claimed.has(source.path)) {
      throw new FailureError("busy", `${source.path} is being read at the moment; cancel that first.`);
    }
    this.#claimed.add(source.path);
    const row: NewSource = {
      path: source.path,
      connector: source.connector,
      zone: zone ?? source.zone,
      bytes: opening.bytes,
      identity: opening.identity,
    };
    this.#saying += 1;
    try {
      await this.#options.writer.call("clearSource", { sourceId: source.id });
      this.#live.show(newLiveSource(source.id, row));
      await this.#live.change(source.id, { zone: row.zone });
      if (this.#closing.signal.aborted) throw new FailureError("cancelled", "The case was closed.");
      this.#enqueue({ sourceId: source.id, opening, zone: row.zone }, format);
    } catch (thrown) {
      this.#claimed.delete(source.path);
      throw thrown;
    } finally {
      this.#saying -= 1;
      this.#settleIdle();
    }
  }

  /** Answers a paused source; fails with "not-paused". */
  continue(sourceId: number, answer: LettersAnswer): void {
    this.#pauses.answer(sourceId, answer);
  }

  /** Stops one source, or with null all; resolves when nothing of it is written any more. */
  async cancel(sourceId: number | null): Promise<void> {
    if (sourceId === null) await this.#intake.cancel();
    await this.#withdraw(sourceId);
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
    this.#live.stop();
  }

  /** Sources that nobody has begun to read. */
  async #withdraw(sourceId: number | null): Promise<void> {
    const jobs = this.#queue.withdraw(sourceId);
    for (const { opening } of jobs) this.#claimed.delete(opening.path);
    if (jobs.length === 0) return;
    this.#saying += 1;
    try {
      const change = { state: "cancelled" } as const;
      await this.#live.commitAll({
        batches: jobs.map((job) => ({ sourceId: job.sourceId, segments: [], blocks: [], deadLetters: [], change })),
      });
    } finally {
      this.#saying -= 1;
    }
  }

  #enqueue({ sourceId, opening, zone }: TakenSource, format: string | null): void {
    const letters = new LetterCap(this.#options.letterLimits?.() ?? NO_LIMITS);
    this.#queue.put({ sourceId, opening, format, zone, controller: new AbortController(), letters, isAlone: false });
    this.#pumpSoon();
  }

  /** Once all that comes in this moment is in the queue: small files of it are one lot. */
  #pumpSoon(): void {
    if (this.#isPumpDue) return;
    this.#isPumpDue = true;
    queueMicrotask(() => {
      this.#isPumpDue = false;
      this.#pump();
    });
  }

  /** A source that waits for a person leaves its place to another. */
  #pump(): void {
    const { pool } = this.#options;
    while (this.#readers - this.#pauses.size < pool.size && !this.#closing.signal.aborted) {
      const job = this.#queue.next();
      if (job === undefined) break;
      const lot = fitsLot(job) ? this.#queue.lot([job], this.#lotSizes.next(), fitsLot) : [job];
      const done = lot.length === 1 ? this.#readJob(job) : this.#readLot(lot);
      for (const each of lot) this.#active.set(each.sourceId, { job: each, done });
    }
    this.#settleIdle();
  }

  async #readJob(job: ImportJob): Promise<void> {
    this.#readers += 1;
    try {
      await this.#readOne(job);
    } finally {
      this.#readers -= 1;
      this.#finish(job);
      this.#pump();
    }
  }

  async #readLot(lot: readonly ImportJob[]): Promise<void> {
    const { run, files, stallMs } = this.#options;
    const live = this.#live;
    this.#readers += 1;
    try {
      for (const { sourceId } of lot) live.changeShown(sourceId, { state: "reading" });
      const commit = (together: BatchesTogether): Promise<void> => live.commitAll(together);
      const left = new Set(await readLot(lot, { run, files, threads: this.#lotThreads, stallMs, commit }));
      for (const job of lot) {
        if (!left.has(job)) this.#finish(job);
        // Whoever cancels it waits until the case says so.
        else if (job.controller.signal.aborted) await this.#readOne(job).finally(() => this.#finish(job));
        else this.#readLater(job);
      }
    } finally {
      this.#readers -= 1;
      this.#pump();
    }
  }

  /** By itself, for something about it is not as a lot needs it. */
  #readLater(job: ImportJob): void {
    this.#active.delete(job.sourceId);
    this.#queue.put({ ...job, isAlone: true });
  }

  #finish(job: ImportJob): void {
    this.#active.delete(job.sourceId);
    this.#queue.finish(job);
    this.#claimed.delete(job.opening.path);
  }

  async #readOne(job: ImportJob): Promise<void> {
    try {
      await this.#read(job);
    } catch (thrown) {
      const { reason, message } = asFailure(thrown);
      this.#live.changeShown(job.sourceId, { state: "failed", messages: [message] });
      if (this.#hasGivenUp) return;
      this.#options.onFailure({ reason, message: `${job.opening.path} could not be stored: ${message}` });
      if (FAULTS_OF_CASE.has(reason)) this.#giveUp(message);
    }
  }

  /** Nothing more is read: it could not be stored either, and would say so thousands of times. */
  #giveUp(message: string): void {
    this.#hasGivenUp = true;
    void this.#intake.cancel();
    for (const { sourceId, opening } of this.#queue.withdraw(null)) {
      this.#claimed.delete(opening.path);
      this.#live.changeShown(sourceId, { state: "failed", messages: [message] });
    }
    for (const { job } of this.#active.values()) job.controller.abort();
  }

  async #read(job: ImportJob): Promise<void> {
    const { sourceId, opening, format, zone, controller, letters } = job;
    const { run, pool, stallMs } = this.#options;
    const live = this.#live;
    // A small file has ended before anybody could have seen in the case that it is read: a transaction less.
    if (isSmall(opening)) live.changeShown(sourceId, { state: "reading" });
    else await live.change(sourceId, { state: "reading" });
    await readSource(
      { sourceId, opening, format, zone, now: latestTime(opening), signal: controller.signal },
      {
        run,
        pool,
        stallMs,
        commit: async (part) => await live.commit(await this.#pauses.admit(part, job)),
        keepsLetters: () => !letters.countsOnly,
        onBytes: (bytesRead) => live.fetched(sourceId, bytesRead),
      },
    );
  }

  #settleIdle(): void {
    if (!this.isIdle || this.#closing.signal.aborted) return this.#wake();
    if (!this.#live.hasShown && this.#idleWaiters.length === 0) return;
    this.#live.tell();
    this.#live.forget();
    this.#hasGivenUp = false;
    this.#lotSizes.reset();
    this.#options.onIdle();
    this.#wake();
  }

  #wake(): void {
    if (!this.isIdle) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }
}
