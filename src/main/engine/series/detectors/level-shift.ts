/** A level shift: the mean of the last dozen samples lies far from the slow mean. An EWMA chart (Roberts 1959). */
import { HORIZON, SLOW, type SeriesDetector } from "../detector.ts";
import { TwoSidedTail } from "../tail.ts";
import { MovingMean } from "./moving-mean.ts";

const SPAN = 12;

export class LevelShift implements SeriesDetector {
  readonly method = "level-shift";
  readonly #level = new MovingMean(SPAN);
  readonly #slow = new MovingMean(SLOW);
  readonly #tail = new TwoSidedTail(HORIZON);

  add(_time: number, value: number): number {
    this.#level.add(value);
    this.#slow.add(value);
    return this.#tail.take(this.#level.value - this.#slow.value);
  }

  /** What is compared are means: single values reach farther, and are told by the plain distance. */
  band(): null {
    return null;
  }
}
