/** Missing data: the pause before a sample is longer than the pauses between the earlier ones. */
import { HORIZON, type SeriesDetector } from "../detector.ts";
import { Tail } from "../tail.ts";

/** A pause says little about the value after it, so that it weighs little in the evidence of that sample. */
const MOST_EVIDENCE = 2;
/** Of the mean pause; a shorter one misses no sample. */
const LEAST_PAUSES = 2.5;

export class MissingData implements SeriesDetector {
  readonly method = "missing-data";
  readonly #tail = new Tail(HORIZON);
  #mean = 0;
  #count = 0;
  #last = Number.NaN;
  /** The pause before the sample added last, in mean pauses before it; 0 where there is none to compare. */
  pauses = 0;
  /** How surprising that pause is by itself. */
  surprise = 0;

  add(time: number): number {
    const pause = time - this.#last;
    this.#last = time;
    this.pauses = 0;
    this.surprise = 0;
    if (!(pause > 0)) return 0;
    if (this.#count > 0) this.pauses = pause / this.#mean;
    if (this.pauses >= LEAST_PAUSES) this.surprise = this.#tail.surprise(pause);
    this.#tail.add(pause);
    this.#count++;
    this.#mean += (pause - this.#mean) / Math.min(this.#count, HORIZON);
    return Math.min(MOST_EVIDENCE, this.surprise);
  }

  band(): null {
    return null;
  }
}
