// Where a literal stands in a text, asked record by record: the search runs ahead to the next place and remembers it, so
// that the records before it cost a comparison each.
import type { TextWindow } from "./text-window.ts";

export class Occurrences {
  readonly #window: TextWindow;
  readonly #literal: number;
  readonly #length: number;
  /** The first place from the start of an earlier question on; -1 before there was one. */
  #found = -1;
  /** Between that question's start and here no other place begins. */
  #clear = 0;

  /** @param literal its number in the window's memory; `length` is not 0. */
  constructor(window: TextWindow, literal: number, length: number) {
    this.#window = window;
    this.#literal = literal;
    this.#length = length;
  }

  /** A record that begins no earlier than that of the last question and ends before this offset does not hold it. */
  get firstEnd(): number {
    return (this.#found === -1 ? this.#clear : this.#found) + this.#length;
  }

  /**
   * Whether it stands between two offsets; asked with starts that do not descend. The window holds the text from `keep`
   * on, which does not descend either.
   */
  stands(start: number, end: number, keep?: number): boolean {
    if (this.#found >= start) return this.#found + this.#length <= end;
    let from = Math.max(start, this.#clear);
    while (from + this.#length <= end) {
      const held = this.#window.reach(keep ?? from, from + this.#length);
      if (held < from + this.#length) return false;
      this.#found = this.#window.find(this.#literal, from);
      if (this.#found !== -1) return this.#found + this.#length <= end;
      this.#clear = held - this.#length + 1;
      from = this.#clear;
    }
    return false;
  }
}
