/**
 * Searches for suspects, in a thread of their own: they read the records that are stored and nothing that detectors
 * find, so that both may look at the case at the same time. Who asks the same shares one search. The last answer stands
 * until records come; the thread is there only as long as it is asked.
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
  /** Milliseconds after which the thread ends that nobody asks any more. */
  readonly keptMs?: number;
}

interface Search {
  readonly verdict: Promise<RevisedVerdict>;
  readonly end: AbortController;
  /** For the windows that the data tells. */
  readonly isOwn: boolean;
  isOutdated: boolean;
}

/** Long enough for the next windows of somebody who tries some. */
const KEPT_MS = 5_000;
/** Beyond it the import that it was started in is a long one. */
const WARM_MS = 15_000;

const OWN: GivenWindows = { baseline: null, incident: null };

export class SuspectSearches implements AsyncDisposable {
  readonly #options: SuspectSearchesOptions;
  readonly #closing = new AbortController();
  #worker: WorkerClient<AnalysisMethods> | null = null;
  /** Those that run, by their windows. */
  readonly #running = new Map<string, Search>();
  #answered: { readonly key: string; readonly verdict: RevisedVerdict } | null = null;
  #rest: NodeJS.Timeout | null = null;

  constructor(options: SuspectSearchesOptions) {
    this.#options = options;
  }

  /** Whether its thread has been given back. */
  get isResting(): boolean {
    return this.#worker === null;
  }

  /** Starts the thread, which takes a while to load: a search will come, or the thread is given back. */
  warm(): void {
    if (this.#closing.signal.aborted || this.#worker !== null) return;
    this.#thread();
    this.#restSoon(WARM_MS);
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
    if (this.#answered?.key === key) return this.#answered.verdict;
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
      const answer = await verdict;
      if (!search.isOutdated) this.#answered = { key, verdict: answer };
      return answer;
    } finally {
      if (this.#running.get(key) === search) this.#running.delete(key);
      if (this.#running.size === 0) this.#restSoon(KEPT_MS);
    }
  }

  /** Records came or went: answers, and searches that run, are of what was there before. */
  outdate(): void {
    this.#answered = null;
    for (const search of this.#running.values()) search.isOutdated = true;
  }

  /** Ends searches on the case as it was, waits for the others, and gives back what their thread holds. */
  async rest(): Promise<void> {
    for (const search of this.#running.values()) if (search.isOutdated) search.end.abort();
    while (this.#running.size > 0)
      await Promise.allSettled(Array.from(this.#running.values(), ({ verdict }) => verdict));
    await this.#endThread();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#endThread();
  }

  #restSoon(usualMs: number): void {
    this.#stay();
    this.#rest = setTimeout(() => void this.#endThread(), this.#options.keptMs ?? usualMs).unref();
  }

  #stay(): void {
    if (this.#rest !== null) clearTimeout(this.#rest);
    this.#rest = null;
  }

  /** It is started again when it is needed. */
  async #endThread(): Promise<void> {
    this.#stay();
    const worker = this.#worker;
    this.#worker = null;
    await worker?.end();
  }

  #thread(): WorkerClient<AnalysisMethods> {
    this.#stay();
    // One that has ended, for want of memory for instance, is replaced.
    if (this.#worker === null || this.#worker.hasEnded) {
      this.#worker = new WorkerClient<AnalysisMethods>(this.#options.workerFile);
      this.#worker.onEvent = (event) => this.#options.onProgress?.(event as SuspectProgress);
    }
    return this.#worker;
  }
}
