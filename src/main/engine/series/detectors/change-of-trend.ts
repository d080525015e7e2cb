/** A change of trend: the slope of the last samples is unlike the slopes before. Double smoothing (Holt 1957). */
import { HORIZON, SLOW, type SeriesDetector } from "../detector.ts";
import { TwoSidedTail } from "../tail.ts";
import { MovingMean } from "./moving-mean.ts";

/** Samples over which a slope is measured, from mean to mean. */
const SHORT = 16;
const LONG = 48;

export class ChangeOfTrend implements SeriesDetector {
  readonly method = "change-of-trend";
  readonly #short = new MovingMean(SHORT);
  readonly #long = new MovingMean(LONG);
  readonly #usual = new MovingMean(SLOW);
  readonly #tail = new TwoSidedTail(HORIZON);

  add(_time: number, value: number): number {
    this.#short.add(value);
    this.#long.add(value);
    // The distance of two moving means of one series grows with its slope.
    const slope = this.#short.value - this.#long.value;
    const surprise = this.#tail.take(slope - this.#usual.value);
    this.#usual.add(slope);
    return surprise;
  }

  /** What is compared are slopes. */
  band(): null {
    return null;
  }
}
