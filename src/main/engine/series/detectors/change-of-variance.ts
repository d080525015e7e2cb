/** A change of variance: the steps between samples have become much larger, or much smaller, than they used to be. */
import { HORIZON, OUTSIDE_BAND, SLOW, type Band, type SeriesDetector } from "../detector.ts";
import { TwoSidedTail } from "../tail.ts";
import { MovingMean } from "./moving-mean.ts";

const SPAN = 20;
/** Of the usual step; keeps the logarithm finite where the series rests. */
const REST = 1e-3;

export class ChangeOfVariance implements SeriesDetector {
  readonly method = "change-of-variance";
  readonly #recent = new MovingMean(SPAN);
  readonly #usual = new MovingMean(SLOW);
  readonly #center = new MovingMean(SPAN);
  readonly #tail = new TwoSidedTail(HORIZON);
  #last = Number.NaN;

  add(_time: number, value: number): number {
    const step = Number.isNaN(this.#last) ? 0 : Math.abs(value - this.#last);
    this.#last = value;
    this.#center.add(value);
    this.#recent.add(step);
    this.#usual.add(step);
    const usual = this.#usual.value;
    return usual > 0 ? this.#tail.take(Math.log((this.#recent.value + REST * usual) / usual)) : 0;
  }

  /** Around the present level, as far as the steps usually reach. */
  band(): Band {
    const reach = this.#usual.value * Math.exp(this.#tail.reach(OUTSIDE_BAND).up);
    const center = this.#center.value;
    return { low: center - reach, center, high: center + reach };
  }
}
