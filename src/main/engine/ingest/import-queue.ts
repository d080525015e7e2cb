/**
 * Sources that wait to be read, the largest first: the longest work must not be the last to start. Of a series only one
 * is read at a time, in the order of coming: its sources lie in one stream, which is read forwards.
 */
import { micros, MICROS_PER_MILLISECOND, type Micros } from "../../../shared/units.ts";
import type { Opening } from "../connectors/connector.ts";
import { isSmall } from "./held-source.ts";
import type { LetterCap } from "./letter-cap.ts";

export interface ImportJob {
  readonly sourceId: number;
  readonly opening: Opening;
  /** Format to read it as; null for recognition. */
  readonly format: string | null;
  readonly zone: string;
  readonly controller: AbortController;
  readonly letters: LetterCap;
  /** It was one of a lot, and has to be read by itself. */
  readonly isAlone: boolean;
}

/** Nothing in a file is younger than the file; a clock that is behind must not hide what is. */
export const latestTime = ({ modified }: Opening): Micros =>
  micros(Math.max(modified ?? Date.now(), 0) * MICROS_PER_MILLISECOND);

/** What is read as one. */
export interface LotSize {
  readonly sources: number;
  /** On disk. */
  readonly bytes: number;
}

/** Small ones stay in the order of coming: files of a folder that follow each other share what is stored of them. */
const rankOf = ({ opening }: ImportJob): number => (isSmall(opening) ? 1 : opening.bytes);

export class ImportQueue {
  /** The largest last. */
  #jobs: ImportJob[] = [];
  /** Of each series, those that wait for the one before them. */
  readonly #series = new Map<object, Set<ImportJob>>();
  #held = 0;

  get size(): number {
    return this.#jobs.length + this.#held;
  }

  put(job: ImportJob): void {
    const { series } = job.opening;
    const waiting = series ? this.#series.get(series) : undefined;
    if (waiting !== undefined) {
      waiting.add(job);
      this.#held += 1;
      return;
    }
    if (series) this.#series.set(series, new Set());
    this.#insert(job);
  }

  /** A job that was taken is over: the next of its series may be. */
  finish({ opening: { series } }: ImportJob): void {
    const waiting = series ? this.#series.get(series) : undefined;
    if (!series || waiting === undefined) return;
    const [next] = waiting;
    if (next === undefined) this.#series.delete(series);
    else {
      waiting.delete(next);
      this.#held -= 1;
      this.#insert(next);
    }
  }

  /** Places it before those of its size, which came earlier and go first. */
  #insert(job: ImportJob): void {
    const bytes = rankOf(job);
    let low = 0;
    let high = this.#jobs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#jobs[middle];
      if (other !== undefined && rankOf(other) < bytes) low = middle + 1;
      else high = middle;
    }
    this.#jobs.splice(low, 0, job);
  }

  /** The largest, taken out. */
  next(): ImportJob | undefined {
    return this.#jobs.pop();
  }

  /** Those that follow, as long as they fit into a lot together with the ones that are given. */
  lot(first: readonly ImportJob[], size: LotSize, fits: (job: ImportJob) => boolean): ImportJob[] {
    const filled = [...first];
    let bytes = first.reduce((sum, { opening }) => sum + opening.bytes, 0);
    for (let job = this.#jobs.at(-1); job !== undefined && filled.length < size.sources; job = this.#jobs.at(-1)) {
      bytes += job.opening.bytes;
      if (!fits(job) || bytes > size.bytes) break;
      this.#jobs.pop();
      filled.push(job);
    }
    return filled;
  }

  /** Takes out one source's job, or with null all. */
  withdraw(sourceId: number | null): ImportJob[] {
    const isMeant = (job: ImportJob): boolean => sourceId === null || job.sourceId === sourceId;
    const held: ImportJob[] = [];
    for (const waiting of this.#series.values()) {
      for (const job of waiting) {
        if (isMeant(job) && waiting.delete(job)) held.push(job);
      }
    }
    this.#held -= held.length;
    const withdrawn = this.#jobs.filter(isMeant);
    this.#jobs = this.#jobs.filter((job) => !isMeant(job));
    for (const job of withdrawn) this.finish(job);
    return [...withdrawn, ...held];
  }
}
