// Times over all records of a case, by ordinal, in pages: most logs tell milliseconds and write thousands of lines a
// minute, so that two bytes a record tell how long after the first of its page it was written.
import { PAGE, pageOf, placeInPage } from "./paged-columns.ts";

/** Microseconds of a step, from those that take the least room. */
const UNITS = [1, 1_000, 1_000_000];

/** A time is `first` and so many times `unit`; the code `none` stands for a record without one. */
interface Page {
  readonly codes: Float64Array | Uint32Array | Uint16Array;
  readonly first: number;
  readonly unit: number;
  readonly none: number;
}

/** Microseconds since the epoch. */
export class PagedTimes {
  readonly #pages: Page[] = [];
  #open = new Float64Array(0);
  #length = 0;

  /** Infinity for a record without a time, and for what is not there. */
  at(ordinal: number): number {
    const page = this.#pages[pageOf(ordinal)];
    if (page === undefined) return Infinity;
    const code = page.codes[placeInPage(ordinal)] ?? 0;
    return code === page.none ? Infinity : page.first + code * page.unit;
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

const asTheyAre = (codes: Float64Array): Page => ({ codes, first: 0, unit: 1, none: Infinity });

/** In two bytes each where they fit, in four, or as they are. */
function narrowed(times: Float64Array): Page {
  let first = Infinity;
  let last = -Infinity;
  for (const time of times) {
    if (time === Infinity) continue;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first === Infinity) first = last = 0;
  for (const bytes of [2, 4]) {
    const none = 2 ** (8 * bytes) - 1;
    const unit = UNITS.find((one) => (last - first) / one < none && areSteps(times, first, one));
    if (unit === undefined) continue;
    const codes = bytes === 2 ? new Uint16Array(times.length) : new Uint32Array(times.length);
    for (let at = 0; at < codes.length; at += 1) {
      const time = times[at] ?? Infinity;
      codes[at] = time === Infinity ? none : stepsTo(time, first, unit);
    }
    return { codes, first, unit, none };
  }
  return asTheyAre(times);
}

const stepsTo = (time: number, first: number, unit: number): number => Math.round((time - first) / unit);

/** Whether all lie whole steps behind the first. */
function areSteps(times: Float64Array, first: number, unit: number): boolean {
  for (const time of times) if (time !== Infinity && first + stepsTo(time, first, unit) * unit !== time) return false;
  return true;
}
