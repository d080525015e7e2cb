// Which segment a record belongs to. Told by where segments begin, not by a number a record.
import { pageOf } from "./paged-columns.ts";

export class SegmentPlaces {
  /** First ordinal of each segment. */
  readonly #firsts: number[] = [];
  /** Of each page of ordinals, the segment of its first. */
  readonly #atPage: number[] = [];
  #end = 0;

  /** Another segment, behind those there are. */
  append(count: number): void {
    const number = this.#firsts.push(this.#end) - 1;
    this.#end += count;
    if (count === 0) return;
    const last = pageOf(this.#end - 1);
    while (this.#atPage.length <= last) this.#atPage.push(number);
  }

  /** Number of the segment of a record; 0 for what is not there. */
  at(ordinal: number): number {
    const page = pageOf(ordinal);
    let low = this.#atPage[page] ?? 0;
    let high = this.#atPage[page + 1] ?? this.#firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#firsts[middle] ?? Infinity) <= ordinal) low = middle;
      else high = middle - 1;
    }
    return ordinal < this.#end ? low : 0;
  }
}
