/** Puts rows of CSV together whose quoted cells hold line breaks (RFC 4180, section 2.6), from lines. */
import { Buffer } from "node:buffer";
import { DEAD_LETTER_RAW_LIMIT } from "../../../../../shared/model/dead-letter.ts";

/** A row that goes on for longer has a quote that nobody closed. */
const MOST_LINES = 1_000;
const LONGEST_ROW = 256 * 1024;

export interface CsvRow {
  /** Its lines, joined by line feeds. */
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

export class OpenRow {
  #lines: string[] = [];
  #raw: Uint8Array[] = [];
  #size = 0;
  #offset = 0;
  #end = 0;
  #line = 0;
  #isQuoted = false;

  get isOpen(): boolean {
    return this.#lines.length > 0;
  }

  /** Whether its last cell is still in quotes. */
  get isQuoted(): boolean {
    return this.#isQuoted;
  }

  get isTooLong(): boolean {
    return this.#lines.length >= MOST_LINES || this.#size >= LONGEST_ROW;
  }

  get row(): CsvRow {
    return { text: this.#lines.join("\n"), offset: this.#offset, length: this.#end - this.#offset, line: this.#line };
  }

  /** The row's own bytes, as far as a dead letter keeps them. */
  get raw(): Uint8Array {
    const all = Buffer.concat(this.#raw);
    return Uint8Array.from(all.subarray(0, DEAD_LETTER_RAW_LIMIT));
  }

  add(text: string, raw: () => Uint8Array, offset: number, length: number, line: number): void {
    if (!this.isOpen) {
      this.#offset = offset;
      this.#line = line;
    } else this.#raw.push(Uint8Array.of(0x0a));
    this.#lines.push(text);
    this.#size += text.length + 1;
    this.#end = offset + length;
    this.#isQuoted = isOddlyQuoted(text) !== this.#isQuoted;
    // A row of one line is over before anybody could ask for its bytes.
    if (this.#isQuoted || this.#lines.length > 1) this.#raw.push(raw());
  }

  clear(): void {
    this.#lines = [];
    this.#raw = [];
    this.#size = 0;
    this.#isQuoted = false;
  }
}

/** Whether a quote is left open at the end of a line that none was open before; doubled ones close and open again. */
export function isOddlyQuoted(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}
