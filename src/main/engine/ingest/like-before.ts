/**
 * Files of one folder are mostly of one format, and asking every format what a small one is costs more than reading it. So
 * a source is read with the format of the one before it, where that one's records were enough to know what it is: if this
 * one's are not, nothing of it is kept, and it is read as any other.
 */
import type { Format } from "../formats/format.ts";
import type { ParsedPart, ParserStart, WholeSource } from "./protocol.ts";
import type { SourceParser } from "./source-parser.ts";

/** Sources that turned out to be different, one after the other, before the format is given up. */
const MOST_MISSES = 2;

export class LikeBefore {
  readonly #begin: (start: ParserStart) => SourceParser;
  #format: Format | null = null;
  #misses = 0;

  /** `begin` gives what reads a source, with nothing of another source left in it. */
  constructor(begin: (start: ParserStart) => SourceParser) {
    this.#begin = begin;
  }

  /** All parts of a source. */
  read({ start, chunks, cut, keepsLetters }: WholeSource): readonly ParsedPart[] {
    if (this.#format !== null && start.format === null && !cut) {
      const parser = this.#begin(start);
      parser.assume(this.#format);
      const parts = parser.readWhole(chunks, cut, keepsLetters);
      if (parts.length === 1 && parser.provenFormat !== null) {
        this.#misses = 0;
        return parts;
      }
      this.#misses += 1;
    }
    const parser = this.#begin(start);
    const parts = parser.readWhole(chunks, cut, keepsLetters);
    const { provenFormat } = parser;
    if (provenFormat !== null || this.#misses >= MOST_MISSES) {
      this.#format = provenFormat;
      this.#misses = 0;
    }
    return parts;
  }
}
