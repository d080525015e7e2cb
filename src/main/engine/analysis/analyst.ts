/**
 * When detectors run: once everything is read, again whenever something changed, and now and then while a long import
 * runs, as long as that is cheap. One pass at a time, in a thread of its own.
 */
import { asFailure, type Failure } from "../../../shared/failure.ts";
import type { Settings } from "../../../shared/settings.ts";
import type { DetectionSet } from "../store/protocol.ts";
import { WorkerClient } from "../threads/rpc.ts";
import type { GivenWindows } from "../suspects/onset.ts";
import type { AnalysisMethods, RevisedVerdict, SuspectProgress } from "./protocol.ts";

export interface AnalystOptions {
  /** The built worker. */
  readonly workerFile: string;
  /** The case. */
  readonly file: string;
  readonly settings: () => Settings;
  readonly store: (found: DetectionSet) => Promise<void>;
  /** A pass has begun or ended. */
  readonly onChange: () => void;
  readonly onFailure: (failure: Failure) => void;
  readonly onSuspectProgress?: (progress: SuspectProgress) => void;
}

/** Between two passes of a running import, and what a pass may cost to be worth it then. */
const PAUSE_MS = 3_000;
const CHEAP_MS = 500;

export class Analyst implements AsyncDisposable {
  readonly #options: AnalystOptions;
  readonly #closing = new AbortController();
  #worker: WorkerClient<AnalysisMethods> | null = null;
  #search: AbortController | null = null;
  #pass: Promise<void> | null = null;
  #isWanted = false;
  #lastEnd = performance.now();
  #lastCost = 0;

  constructor(options: AnalystOptions) {
    this.#options = options;
  }

  get isAnalysing(): boolean {
    return this.#pass !== null;
  }

  /** Something changed for good: a pass follows, after the running one if there is one. */
  request(): void {
    if (this.#closing.signal.aborted) return;
    this.#isWanted = true;
    this.#pass ??= this.#passes();
  }

  /** Something changed, and more will. */
  hint(): void {
    if (this.#pass !== null || this.#lastCost > CHEAP_MS) return;
    if (performance.now() - this.#lastEnd >= PAUSE_MS) this.request();
  }

  /** What is to blame, after the pass that runs. A newer search ends an older one, which fails with "cancelled". */
  async findSuspects(windows: GivenWindows): Promise<RevisedVerdict> {
    this.#search?.abort();
    const search = new AbortController();
    this.#search = search;
    const { file } = this.#options;
    const signal = AbortSignal.any([search.signal, this.#closing.signal]);
    return await this.#thread().call("suspects", { file, windows }, { signal });
  }

  /** Resolves when no pass is running or wanted. */
  async idle(): Promise<void> {
    while (this.#pass !== null) await this.#pass;
  }

  /** Gives back what the thread holds; it is started again when it is needed. */
  async rest(): Promise<void> {
    await this.idle();
    const worker = this.#worker;
    this.#worker = null;
    await worker?.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#worker?.end();
    await this.idle();
  }

  #thread(): WorkerClient<AnalysisMethods> {
    if (this.#worker === null) {
      this.#worker = new WorkerClient<AnalysisMethods>(this.#options.workerFile);
      this.#worker.onEvent = (event) => this.#options.onSuspectProgress?.(event as SuspectProgress);
    }
    return this.#worker;
  }

  async #passes(): Promise<void> {
    this.#options.onChange();
    while (this.#isWanted && !this.#closing.signal.aborted) {
      this.#isWanted = false;
      const start = performance.now();
      try {
        await this.#run();
      } catch (thrown) {
        if (!this.#closing.signal.aborted) this.#options.onFailure(asFailure(thrown));
      }
      this.#lastEnd = performance.now();
      this.#lastCost = this.#lastEnd - start;
    }
    this.#pass = null;
    if (!this.#closing.signal.aborted) this.#options.onChange();
  }

  async #run(): Promise<void> {
    const { file, settings, store, onFailure } = this.#options;
    const { signal } = this.#closing;
    const { found, failures } = await this.#thread().call("run", { file, settings: settings() }, { signal });
    for (const failure of failures) onFailure(failure);
    if (!signal.aborted) await store(found);
  }
}
