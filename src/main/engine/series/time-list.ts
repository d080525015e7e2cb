/** Times that come one by one, millions of them: kept in one or two bytes each instead of eight where they ascend. */
import { narrowed, timeIn, type TimePage } from "./time-page.ts";
import { readSteps, stepsOf, type TimeSteps } from "./time-steps.ts";

/** Times that are read one after the other. */
export interface TimeSequence {
  readonly length: number;
  forEach(visit: (time: number) => void): void;
}

/** What is read of times in a row; a typed array is that too. */
export interface Times extends TimeSequence {
  at(index: number): number | undefined;
}

/** Times of a page, which are told together. */
const PAGE = 1_024;
const FIRST_ROOM = 8;

type Page = TimeSteps | TimePage;

/** The page that was looked at last, of any list: who asks for one time asks for its neighbour next. */
const seen = { page: null as Page | null, times: new Float64Array(PAGE) };

export class TimeList implements Times {
  readonly #pages: Page[] = [];
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
    if (page === undefined) return this.#open[place % PAGE];
    if (seen.page !== page) {
      readPage(page, seen.times);
      seen.page = page;
    }
    return seen.times[place % PAGE];
  }

  forEach(visit: (time: number) => void): void {
    for (const times of this.#parts(0)) for (const time of times) visit(time);
  }

  /** One by one from a place on: of several lists, or places of one, in turns. */
  *from(index: number): Generator<number, void, undefined> {
    let left = index % PAGE;
    for (const times of this.#parts(Math.floor(index / PAGE))) {
      for (; left < times.length; left += 1) yield times[left] ?? 0;
      left = 0;
    }
  }

  /** Page after page, in memory that is used again for the next. */
  *#parts(firstPage: number): Generator<Float64Array, void, undefined> {
    const room = new Float64Array(firstPage < this.#pages.length ? PAGE : 0);
    for (const page of this.#pages.slice(firstPage)) {
      readPage(page, room);
      yield room;
    }
    if (this.#filled > 0) yield this.#open.subarray(0, this.#filled);
  }

  #makeRoom(): void {
    if (this.#filled === PAGE) {
      const page = stepsOf(this.#open) ?? narrowed(this.#open);
      this.#pages.push(page);
      if ("codes" in page && page.codes === this.#open) this.#open = new Float64Array(PAGE);
      this.#filled = 0;
      return;
    }
    const open = new Float64Array(this.#open.length * 2);
    open.set(this.#open);
    this.#open = open;
  }
}

function readPage(page: Page, target: Float64Array): void {
  if ("steps" in page) readSteps(page, target);
  else for (let place = 0; place < PAGE; place += 1) target[place] = timeIn(page, place);
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
  times.at(placeOf(0, times.length, (index) => (times.at(index) ?? Infinity) >= bound));

/** The first of ascending times that is after `bound`. */
export const firstAfter = (times: Times, bound: number): number | undefined =>
  times.at(placeOf(0, times.length, (index) => (times.at(index) ?? Infinity) > bound));

/** The first place that `isThere` is true of, as it is of all behind it; `end` where there is none. */
export function placeOf(from: number, end: number, isThere: (index: number) => boolean): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isThere(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
