// Where a literal stands in a text, asked record by record: the search runs ahead to the next place and remembers it, so
// that the records before it cost a comparison each.
import type { TextWindow } from "./text-window.ts";

export class Occurrences {
  readonly #window: TextWindow;
  readonly #literal: number;
  readonly #length: number;
  /** Between the start of the last question and here no place begins. */
  #reached = -Infinity;
  /** Whether one begins here. */
  #isHere = false;

  /** @param literal its number in the window's memory; `length` is not 0. */
  constructor(window: TextWindow, literal: number, length: number) {
    this.#window = window;
    this.#literal = literal;
    this.#length = length;
  }

  /** A record that begins no earlier than that of the last question and ends before this offset does not hold it. */
  get firstEnd(): number {
    return this.#reached + this.#length;
  }

  /**
   * Whether it stands between two offsets; asked with starts that do not descend. The window holds the text from `keep`
   * on, which does not descend either.
   */
  stands(start: number, end: number, keep?: number): boolean {
    if (!this.#isHere || this.#reached < start) this.#search(start, end, keep);
    return this.#isHere && this.#reached >= start && this.#reached + this.#length <= end;
  }

  /** Up to the next place, or as far as a record that ends at `end` asks for. */
  #search(start: number, end: number, keep: number | undefined): void {
    let from = Math.max(start, this.#reached);
    while (from + this.#length <= end) {
      const held = this.#window.reach(keep ?? from, from + this.#length);
      if (held < from + this.#length) return;
      const found = this.#window.find(this.#literal, from);
      this.#isHere = found !== -1;
      this.#reached = this.#isHere ? found : held - this.#length + 1;
      if (this.#isHere) return;
      from = this.#reached;
    }
  }
}
