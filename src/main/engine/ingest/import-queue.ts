/** Sources that wait to be read, the largest first: the longest work must not be the last to start. */
import type { Opening } from "../connectors/connector.ts";
import type { LetterCap } from "./letter-cap.ts";

export interface ImportJob {
  readonly sourceId: number;
  readonly opening: Opening;
  /** Format to read it as; null for recognition. */
  readonly format: string | null;
  readonly zone: string;
  readonly controller: AbortController;
  readonly letters: LetterCap;
}

export class ImportQueue {
  /** The largest last. */
  readonly #jobs: ImportJob[] = [];

  get size(): number {
    return this.#jobs.length;
  }

  /** Places it before those of its size, which came earlier and go first. */
  put(job: ImportJob): void {
    const { bytes } = job.opening;
    let low = 0;
    let high = this.#jobs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#jobs[middle]?.opening.bytes ?? 0) < bytes) low = middle + 1;
      else high = middle;
    }
    this.#jobs.splice(low, 0, job);
  }

  /** The largest, taken out. */
  next(): ImportJob | undefined {
    return this.#jobs.pop();
  }

  /** Takes out one source's job, or with null all. */
  withdraw(sourceId: number | null): ImportJob[] {
    const withdrawn = this.#jobs.filter((job) => sourceId === null || job.sourceId === sourceId);
    for (const job of withdrawn) this.#jobs.splice(this.#jobs.indexOf(job), 1);
    return withdrawn;
  }
}
