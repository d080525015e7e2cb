/**
 * How much is read as one. The first lots are little, so that their records are on the timeline at once; each is twice the
 * one before, until messages and transactions cost nothing beside what is read.
 */
import type { LotSize } from "./import-queue.ts";

const FIRST_SOURCES = 4;
const MOST_SOURCES = 128;
/** On disk: some 30 milliseconds of a parser. As many lots as there are parsers are held at a time, and their answers. */
const MOST_BYTES = 2 * 1_024 * 1_024;

/**
 * Threads that read lots, of so many parsers: while one reads, fetching, storing and compiling its code keep another
 * processor busy, and a second one would compile all of it once more.
 */
export const lotParsers = (parsers: number): number => Math.max(1, Math.floor(parsers / 2));

export class LotSizes {
  #sources = FIRST_SOURCES;

  next(): LotSize {
    const sources = this.#sources;
    this.#sources = Math.min(sources * 2, MOST_SOURCES);
    return { sources, bytes: MOST_BYTES };
  }

  /** Something new begins. */
  reset(): void {
    this.#sources = FIRST_SOURCES;
  }
}
