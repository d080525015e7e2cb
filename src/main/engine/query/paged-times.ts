// Times over all records of a case, by ordinal, in pages: most logs tell milliseconds and write thousands of lines a
// minute, so that two bytes a record tell how long after the first of its page it was written.
import { asTheyAre, narrowed, timeIn, type TimePage } from "../series/time-page.ts";
import { PAGE, pageOf, placeInPage } from "./paged-columns.ts";

/** Microseconds since the epoch. */
export class PagedTimes {
  readonly #pages: TimePage[] = [];
  #open = new Float64Array(0);
  #length = 0;

  /** Infinity for a record without a time, and for what is not there. */
  at(ordinal: number): number {
    const page = this.#pages[pageOf(ordinal)];
    return page === undefined ? Infinity : timeIn(page, placeInPage(ordinal));
  }

  /** NaN stands for no time. */
  append(times: Float64Array): void {
    for (let from = 0; from < times.length;) {
      const at = placeInPage(this.#length);
      if (at === 0) this.#begin();
      const count = Math.min(times.length - from, PAGE - at);
      const open = this.#open;
      for (let i = 0; i < count; i += 1) {
        const time = times[from + i] ?? Number.NaN;
        open[at + i] = Number.isNaN(time) ? Infinity : time;
      }
      this.#length += count;
      from += count;
      if (at + count === PAGE) this.#pages[this.#pages.length - 1] = narrowed(open);
    }
  }

  #begin(): void {
    // The page before, where its times are kept narrower: memory that is touched already.
    if (this.#pages.length === 0 || this.#pages.at(-1)?.codes === this.#open) this.#open = new Float64Array(PAGE);
    this.#open.fill(Infinity);
    this.#pages.push(asTheyAre(this.#open));
  }
}
