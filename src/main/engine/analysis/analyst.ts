/**
 * When detectors run: once everything is read, again whenever something changed, and now and then while a long import
 * runs, as long as that is cheap. One pass at a time, in a thread of its own.
 */
import { asFailure, type Failure } from "../../../shared/failure.ts";
import type { Settings } from "../../../shared/settings.ts";
import type { DetectionSet } from "../store/protocol.ts";
import { WorkerClient } from "../threads/rpc.ts";
import type { Sealed } from "../threads/sealed.ts";
import type { AnalysisMethods } from "./protocol.ts";

export interface AnalystOptions {
  /** The built worker. */
  readonly workerFile: string;
  /** The case. */
  readonly file: string;
  readonly settings: () => Settings;
  readonly store: (found: Sealed<DetectionSet>) => Promise<void>;
  /** Gives back what is not needed while all is looked at; a pass over all begins after it. */
  readonly makeRoom: () => Promise<void>;
  /** A pass has begun or ended. */
  readonly onChange: () => void;
  readonly onFailure: (failure: Failure) => void;
  /** Milliseconds after which the thread of a running import ends that will not be asked before all is read. */
  readonly keptMs?: number;
}

/** Between two passes of a running import, and what a pass may cost to be worth it then. */
const PAUSE_MS = 3_000;
const CHEAP_MS = 500;
/** An import that ends sooner finds its thread warm; in a longer one it would only hold its memory. */
const KEPT_MS = 10_000;

export class Analyst implements AsyncDisposable {
  readonly #options: AnalystOptions;
  readonly #closing = new AbortController();
  #worker: WorkerClient<AnalysisMethods> | null = null;
  #pass: Promise<void> | null = null;
  /** Ends the pass of a running import, where one runs. */
  #hinted: AbortController | null = null;
  /** Threads that are being ended. */
  #ending: Promise<unknown> = Promise.resolve();
  #isWanted = false;
  #lastEnd = performance.now();
  #lastCost = 0;
  #rest: NodeJS.Timeout | null = null;

  constructor(options: AnalystOptions) {
    this.#options = options;
  }

  get isAnalysing(): boolean {
    return this.#pass !== null;
  }

  /** Whether its thread has been given back. */
  get isResting(): boolean {
    return this.#worker === null;
  }

  /** Something changed for good: a pass follows, after the running one if that is as good. */
  request(): void {
    if (this.#closing.signal.aborted) return;
    this.#isWanted = true;
    // All that it would find is found again.
    this.#hinted?.abort();
    this.#pass ??= this.#passes();
  }

  /** Something changed, and more will. Tells whether a pass begins with it. */
  hint(): boolean {
    if (this.#closing.signal.aborted || this.#pass !== null || this.#lastCost > CHEAP_MS) return false;
    if (performance.now() - this.#lastEnd < PAUSE_MS) return false;
    this.#hinted = new AbortController();
    this.#isWanted = true;
    this.#pass = this.#passes();
    return true;
  }

  /** Resolves when no pass is running or wanted. */
  async idle(): Promise<void> {
    while (this.#pass !== null) await this.#pass;
  }

  /** Resolves when {@link idle} and what the thread held is given back. */
  async rest(): Promise<void> {
    // Not by `idle`: nothing may begin between the last look and the end of the thread.
    while (this.#pass !== null) await this.#pass;
    await this.#endThread();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#endThread();
    await this.idle();
  }

  async #passes(): Promise<void> {
    this.#options.onChange();
    let isWhole = false;
    while (this.#isWanted && !this.#closing.signal.aborted) {
      this.#isWanted = false;
      const start = performance.now();
      isWhole = this.#hinted === null;
      const signal = AbortSignal.any([this.#closing.signal, ...(this.#hinted === null ? [] : [this.#hinted.signal])]);
      try {
        if (isWhole) await this.#options.makeRoom();
        if (!signal.aborted) await this.#run(signal);
      } catch (thrown) {
        if (!signal.aborted) this.#options.onFailure(asFailure(thrown));
      }
      this.#hinted = null;
      this.#lastEnd = performance.now();
      this.#lastCost = this.#lastEnd - start;
    }
    this.#pass = null;
    // A pass over all leaves much behind, and the next one may be far.
    if (isWhole) void this.#endThread();
    else if (this.#lastCost > CHEAP_MS) this.#restSoon();
    if (!this.#closing.signal.aborted) this.#options.onChange();
  }

  #restSoon(): void {
    this.#stay();
    this.#rest = setTimeout(() => void this.#endThread(), this.#options.keptMs ?? KEPT_MS).unref();
  }

  #stay(): void {
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
  }

  /** It is started again when it is needed. */
  #endThread(): Promise<unknown> {
    this.#stay();
    const worker = this.#worker;
    this.#worker = null;
    if (worker !== null) this.#ending = Promise.all([this.#ending, worker.end()]);
    return this.#ending;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { workerFile, file, settings, store, onFailure } = this.#options;
    this.#stay();
    // One that has ended by itself, for want of memory for instance, is replaced.
    if (this.#worker === null || this.#worker.hasEnded) this.#worker = new WorkerClient<AnalysisMethods>(workerFile);
    const { found, failures } = await this.#worker.call("run", { file, settings: settings() }, { signal });
    for (const failure of failures) onFailure(failure);
    if (!signal.aborted) await store(found);
  }
}
