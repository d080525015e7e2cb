/**
 * What was read of a message so far: ranges that are words or values, and the hashes of its skeleton. Values that follow
 * each other (a list, a date) become one.
 */
import { type Codes, codeAt } from "./message-text.ts";

/** What stands for a value in a skeleton and in a template. */
export const WILDCARD = "<*>";

/** Words and values of a message that are looked at. */
const MOST_ITEMS = 256;
/** Of what one step of reading may add. */
const ROOM = 4;
/** A value as one character of the hashes. */
const MASK = 0x1f;

/** Where the value that is being read may join the one before it. */
export const APART = 0;
export const AFTER_VALUE = 1;
export const AFTER_COMMA = 2;
/** So many values in a row are one list. */
const FEWEST_OF_LIST = 4;

export class SkeletonItems {
  /** Two 32-bit hashes of the skeleton: FNV-1a, and the sum of its steps. */
  hash = 0;
  check = 0;
  count = 0;
  /** What comes next is the value of a key. */
  wantsValue = false;
  join = APART;
  /** Item of the last value; a list goes back to its first value. */
  lastValue = -1;
  lastIsNumber = false;
  /** Ranges of the message, two numbers each; {@link isValue} says which are values. */
  readonly #ranges = new Int32Array(MOST_ITEMS * 2);
  readonly #values = new Uint8Array(MOST_ITEMS);
  #lastIsDate = false;
  /** The hashes right after the last value. */
  #hashAfterValue = 0;
  #checkAfterValue = 0;
  /** Values in a row, only spaces between them; the first of them, and the hashes right after it. */
  #run = 0;
  #runStart = -1;
  #hashAfterRun = 0;
  #checkAfterRun = 0;

  clear(): void {
    this.count = 0;
    this.hash = 0x811c9dc5 | 0;
    this.check = 0x2545f491;
    this.wantsValue = false;
    this.join = APART;
    this.lastValue = -1;
    this.lastIsNumber = false;
    this.#lastIsDate = false;
    this.#run = 0;
  }

  /** Values right before what comes next, only spaces between them. */
  get valuesInRow(): number {
    return this.join === AFTER_VALUE ? this.#run : 0;
  }

  get isFull(): boolean {
    return this.count >= MOST_ITEMS - ROOM;
  }

  start(item: number): number {
    return this.#ranges[item * 2] ?? 0;
  }

  end(item: number): number {
    return this.#ranges[item * 2 + 1] ?? 0;
  }

  isValue(item: number): boolean {
    return this.#values[item] === 1;
  }

  feed(code: number): void {
    this.hash = Math.imul(this.hash ^ code, 0x01000193);
    this.check = (this.check + this.hash) | 0;
  }

  literal(start: number, end: number): void {
    const count = this.count;
    // Neighbours become one range.
    if (count > 0 && this.#values[count - 1] === 0 && this.#ranges[count * 2 - 1] === start) {
      this.#ranges[count * 2 - 1] = end;
      return;
    }
    this.#ranges[count * 2] = start;
    this.#ranges[count * 2 + 1] = end;
    this.#values[count] = 0;
    this.count = count + 1;
  }

  value(start: number, end: number, isNumber: boolean, isDate: boolean): void {
    if (this.join === AFTER_COMMA || (this.join === AFTER_VALUE && this.#lastIsDate)) {
      // "1, 2, 3" and "Sat Jun 18 02:08:10 2005" are one value each.
      this.endValueAt(end);
    } else {
      if (this.join !== AFTER_VALUE) this.#run = 0;
      this.#run += 1;
      if (this.#run >= FEWEST_OF_LIST) this.#backToRun(end);
      else this.#addValue(start, end);
      this.#lastIsDate = isDate;
    }
    this.lastIsNumber = isNumber;
    this.join = AFTER_VALUE;
    this.wantsValue = false;
  }

  #addValue(start: number, end: number): void {
    const item = this.count;
    this.#ranges[item * 2] = start;
    this.#ranges[item * 2 + 1] = end;
    this.#values[item] = 1;
    this.count = item + 1;
    this.lastValue = item;
    this.feed(MASK);
    this.#hashAfterValue = this.hash;
    this.#checkAfterValue = this.check;
    if (this.#run > 1) return;
    this.#runStart = item;
    this.#hashAfterRun = this.hash;
    this.#checkAfterRun = this.check;
  }

  /** What was read since the last value becomes part of it. */
  endValueAt(end: number): void {
    this.count = this.lastValue + 1;
    this.#ranges[this.lastValue * 2 + 1] = end;
    this.hash = this.#hashAfterValue;
    this.check = this.#checkAfterValue;
  }

  #backToRun(end: number): void {
    this.lastValue = this.#runStart;
    this.#hashAfterValue = this.#hashAfterRun;
    this.#checkAfterValue = this.#checkAfterRun;
    this.endValueAt(end);
  }

  /** Characters as they stand. */
  signs(codes: Codes, from: number, to: number): void {
    if (from >= to) return;
    this.literal(from, to);
    for (let at = from; at < to; at += 1) this.feed(codeAt(codes, at));
    this.join = APART;
    this.lastIsNumber = false;
  }
}
