/**
 * Searches for suspects, in a thread of their own: they read the records that are stored and nothing that detectors
 * find, so that both may look at the case at the same time. Who asks the same shares one search.
 */
import { FailureError } from "../../../shared/failure.ts";
import { WorkerClient } from "../threads/rpc.ts";
import type { GivenWindows } from "../suspects/onset.ts";
import type { AnalysisMethods, RevisedVerdict, SuspectProgress } from "./protocol.ts";

export interface SuspectSearchesOptions {
  /** The built worker. */
  readonly workerFile: string;
  /** The case. */
  readonly file: string;
  readonly onProgress?: ((progress: SuspectProgress) => void) | undefined;
}

interface Search {
  readonly verdict: Promise<RevisedVerdict>;
  readonly end: AbortController;
  /** For the windows that the data tells. */
  readonly isOwn: boolean;
  isOutdated: boolean;
}

const OWN: GivenWindows = { baseline: null, incident: null };

export class SuspectSearches implements AsyncDisposable {
  readonly #options: SuspectSearchesOptions;
  readonly #closing = new AbortController();
  #worker: WorkerClient<AnalysisMethods> | null = null;
  /** Those that run, by their windows. */
  readonly #running = new Map<string, Search>();

  constructor(options: SuspectSearchesOptions) {
    this.#options = options;
  }

  /** Begins to search for the windows that the data tells: somebody will ask. A failure is told to who does. */
  ahead(): void {
    this.find(OWN).catch(() => {});
  }

  /**
   * What is to blame. Who asks for windows that are being searched gets that answer; a search for other windows, or on
   * the case as it was, ends the older one, which fails with "cancelled". That for the windows which the data tells is
   * ended by none: more than one view rests on it.
   */
  async find(windows: GivenWindows): Promise<RevisedVerdict> {
    if (this.#closing.signal.aborted) throw new FailureError("cancelled", "The case was closed.");
    const key = JSON.stringify(windows);
    const known = this.#running.get(key);
    if (known?.isOutdated === false) return await known.verdict;
    for (const search of this.#running.values()) if (search.isOutdated || !search.isOwn) search.end.abort();
    const { file } = this.#options;
    const end = new AbortController();
    const signal = AbortSignal.any([end.signal, this.#closing.signal]);
    const verdict = this.#thread().call("suspects", { file, windows }, { signal });
    const isOwn = windows.baseline === null && windows.incident === null;
    const search: Search = { verdict, end, isOwn, isOutdated: false };
    this.#running.set(key, search);
    try {
      return await verdict;
    } finally {
      if (this.#running.get(key) === search) this.#running.delete(key);
    }
  }

  /** Records came or went: searches that run answer for what was there before. */
  outdate(): void {
    for (const search of this.#running.values()) search.isOutdated = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#worker?.end();
  }

  #thread(): WorkerClient<AnalysisMethods> {
    // One that has ended, for want of memory for instance, is replaced.
    if (this.#worker === null || this.#worker.hasEnded) {
      this.#worker = new WorkerClient<AnalysisMethods>(this.#options.workerFile);
      this.#worker.onEvent = (event) => this.#options.onProgress?.(event as SuspectProgress);
    }
    return this.#worker;
  }
}
