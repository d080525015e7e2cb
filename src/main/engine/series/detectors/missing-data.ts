/** Missing data: the pause before a sample is longer than the pauses between the earlier ones. */
import { HORIZON, type SeriesDetector } from "../detector.ts";
import { Tail } from "../tail.ts";

/** A pause is told at the first sample after it, and says nothing about that sample's value. */
const MOST_SURPRISE = 2;
/** Of the mean pause; a shorter one misses no sample. */
const LEAST_PAUSES = 2.5;

export class MissingData implements SeriesDetector {
  readonly method = "missing-data";
  readonly #pauses = new Tail(HORIZON);
  #mean = 0;
  #count = 0;
  #last = Number.NaN;
  /** Microseconds before the sample added last. */
  pause = 0;

  add(time: number): number {
    const pause = time - this.#last;
    this.#last = time;
    if (!(pause > 0)) {
      this.pause = 0;
      return 0;
    }
    this.pause = pause;
    const isLong = this.#count > 0 && pause >= LEAST_PAUSES * this.#mean;
    const surprise = isLong ? Math.min(MOST_SURPRISE, this.#pauses.surprise(pause)) : 0;
    this.#pauses.add(pause);
    this.#count++;
    this.#mean += (pause - this.#mean) / Math.min(this.#count, HORIZON);
    return surprise;
  }

  band(): null {
    return null;
  }
}
