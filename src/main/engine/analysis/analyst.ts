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

interface Search {
  readonly verdict: Promise<RevisedVerdict>;
  readonly end: AbortController;
  /** For the windows that the data tells. */
  readonly isOwn: boolean;
  isOutdated: boolean;
}

/** Between two passes of a running import, and what a pass may cost to be worth it then. */
const PAUSE_MS = 3_000;
const CHEAP_MS = 500;

export class Analyst implements AsyncDisposable {
  readonly #options: AnalystOptions;
  readonly #closing = new AbortController();
  #worker: WorkerClient<AnalysisMethods> | null = null;
  /** Searches that run, by their windows. */
  readonly #searches = new Map<string, Search>();
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

  /**
   * What is to blame, after the pass that runs. Who asks for windows that are being searched gets that answer; a search
   * for other windows, or on the case as it was, ends the older one, which fails with "cancelled". That for the windows
   * which the data tells is ended by none: more than one view rests on it.
   */
  async findSuspects(windows: GivenWindows): Promise<RevisedVerdict> {
    const key = JSON.stringify(windows);
    const known = this.#searches.get(key);
    if (known?.isOutdated === false) return await known.verdict;
    for (const search of this.#searches.values()) if (search.isOutdated || !search.isOwn) search.end.abort();
    const { file } = this.#options;
    const end = new AbortController();
    const signal = AbortSignal.any([end.signal, this.#closing.signal]);
    const verdict = this.#thread().call("suspects", { file, windows }, { signal });
    const isOwn = windows.baseline === null && windows.incident === null;
    const search: Search = { verdict, end, isOwn, isOutdated: false };
    this.#searches.set(key, search);
    try {
      return await verdict;
    } finally {
      if (this.#searches.get(key) === search) this.#searches.delete(key);
    }
  }

  /** The case is not what it was: searches that run answer for what it was. */
  outdate(): void {
    for (const search of this.#searches.values()) search.isOutdated = true;
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
