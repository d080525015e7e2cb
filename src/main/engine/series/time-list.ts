/** Times that come one by one, millions of them: kept in two to four bytes each instead of eight. */
import { narrowed, timeIn, type TimePage } from "./time-page.ts";

/** Times that are read one after the other. */
export interface TimeSequence {
  readonly length: number;
  forEach(visit: (time: number) => void): void;
}

/** What is read of times in a row; a typed array is that too. */
export interface Times extends TimeSequence {
  at(index: number): number | undefined;
}

const PAGE = 4_096;
const FIRST_ROOM = 8;

export class TimeList implements Times {
  readonly #pages: TimePage[] = [];
  /** Of the page that is filled: most lists stay short. */
  #open = new Float64Array(FIRST_ROOM);
  #filled = 0;
  #last = -Infinity;
  isAscending = true;

  static of(times: Float64Array): TimeList {
    const list = new TimeList();
    for (const time of times) list.push(time);
    return list;
  }

  get length(): number {
    return this.#pages.length * PAGE + this.#filled;
  }

  /** Microseconds since the epoch. */
  push(time: number): void {
    if (this.#filled === this.#open.length) this.#makeRoom();
    this.#open[this.#filled] = time;
    this.#filled += 1;
    this.isAscending &&= time >= this.#last;
    this.#last = time;
  }

  /** From the end where the index is below 0, as of an array. */
  at(index: number): number | undefined {
    const place = index < 0 ? this.length + index : index;
    if (!(place >= 0 && place < this.length)) return undefined;
    const page = this.#pages[Math.floor(place / PAGE)];
    return page === undefined ? this.#open[place % PAGE] : timeIn(page, place % PAGE);
  }

  forEach(visit: (time: number) => void): void {
    for (const page of this.#pages) for (let place = 0; place < PAGE; place += 1) visit(timeIn(page, place));
    for (const time of this.#open.subarray(0, this.#filled)) visit(time);
  }

  #makeRoom(): void {
    if (this.#filled === PAGE) {
      const page = narrowed(this.#open);
      this.#pages.push(page);
      if (page.codes === this.#open) this.#open = new Float64Array(PAGE);
      this.#filled = 0;
      return;
    }
    const open = new Float64Array(this.#open.length * 2);
    open.set(this.#open);
    this.#open = open;
  }
}

export function toArray(times: TimeSequence): Float64Array {
  const array = new Float64Array(times.length);
  let at = 0;
  times.forEach((time) => {
    array[at] = time;
    at += 1;
  });
  return array;
}

/** The first of ascending times that is not before `bound`. */
export const firstAtLeast = (times: Times, bound: number): number | undefined =>
  times.at(placeOf(times, (time) => time >= bound));

/** The first of ascending times that is after `bound`. */
export const firstAfter = (times: Times, bound: number): number | undefined =>
  times.at(placeOf(times, (time) => time > bound));

/** Of the first that `isThere` is true of, as it is of all behind it. */
function placeOf(times: Times, isThere: (time: number) => boolean): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isThere(times.at(middle) ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}
