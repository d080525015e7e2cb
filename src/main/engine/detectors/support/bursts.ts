/**
 * Joins moments into bursts: a burst goes on while no two moments that follow each other in time lie further apart than the
 * gap. Only bursts are kept, and not the moments: of ten million error lines there may be a few hundred.
 */
import type { RecordPlace } from "../detector.ts";

/** Times in microseconds. The place is that of its earliest moment, of several at once the one that came first. */
export interface Burst {
  count: number;
  start: number;
  end: number;
  segment: RecordPlace["segment"];
  row: number;
}

/** Pieces beyond which they are joined for the first time; after that whenever there are twice as many. */
const LEAST_PIECES = 1_024;

export class Bursts {
  readonly #gap: number;
  /** Of the moments so far, as they came; those that came out of order may belong together. The last one is added to. */
  #pieces: Burst[] = [];
  #most = LEAST_PIECES;

  /** @param gap in microseconds. */
  constructor(gap: number) {
    this.#gap = gap;
  }

  add(time: number, segment: RecordPlace["segment"], row: number): void {
    const last = this.#pieces.at(-1);
    if (last !== undefined && time - last.end <= this.#gap && last.start - time <= this.#gap) {
      last.count += 1;
      if (time > last.end) last.end = time;
      if (time < last.start) {
        last.start = time;
        last.segment = segment;
        last.row = row;
      }
      return;
    }
    if (this.#pieces.length >= this.#most) {
      this.#pieces = this.#joined();
      this.#most = Math.max(LEAST_PIECES, 2 * this.#pieces.length);
    }
    this.#pieces.push({ count: 1, start: time, end: time, segment, row });
  }

  /** In the order of time. */
  all(): readonly Burst[] {
    return this.#joined();
  }

  #joined(): Burst[] {
    const joined: Burst[] = [];
    for (const piece of this.#pieces.toSorted((a, b) => a.start - b.start)) {
      const last = joined.at(-1);
      if (last === undefined || piece.start - last.end > this.#gap) joined.push({ ...piece });
      else {
        last.count += piece.count;
        last.end = Math.max(last.end, piece.end);
      }
    }
    return joined;
  }
}
