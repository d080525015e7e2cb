/**
 * The plainest method: distance from the slow mean. Instead of dividing by a standard deviation, which one wild sample
 * spoils and which means little without a normal distribution, the distance is ranked among the earlier ones.
 */
import { HORIZON, OUTSIDE_BAND, SLOW, type Band, type SeriesDetector } from "../detector.ts";
import { TwoSidedTail } from "../tail.ts";
import { MovingMean } from "./moving-mean.ts";

export class ZScore implements SeriesDetector {
  readonly method = "z-score";
  readonly #mean = new MovingMean(SLOW);
  readonly #tail = new TwoSidedTail(HORIZON);
  #expected = 0;

  add(_time: number, value: number): number {
    this.#expected = this.#mean.value;
    this.#mean.add(value);
    return this.#tail.take(value - this.#expected);
  }

  band(): Band {
    const { up, down } = this.#tail.reach(OUTSIDE_BAND);
    return { low: this.#expected - down, center: this.#expected, high: this.#expected + up };
  }
}
