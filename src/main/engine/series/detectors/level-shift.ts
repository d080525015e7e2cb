/** A level shift: the mean of the last dozen samples lies far from the slow mean. An EWMA chart (Roberts 1959). */
import { HORIZON, OUTSIDE_BAND, SLOW, type Band, type SeriesDetector } from "../detector.ts";
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

  band(): Band {
    const center = this.#slow.value;
    const { up, down } = this.#tail.reach(OUTSIDE_BAND);
    return { low: center - down, center, high: center + up };
  }
}
