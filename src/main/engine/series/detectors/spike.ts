/** A spike or a dip: a sample far from where the last few were. Simple exponential smoothing (Brown 1959). */
import { HORIZON, OUTSIDE_BAND, type Band, type SeriesDetector } from "../detector.ts";
import { TwoSidedTail } from "../tail.ts";
import type { Growth } from "./growth.ts";
import { MovingMean } from "./moving-mean.ts";

const SPAN = 3;

export class Spike implements SeriesDetector {
  readonly method = "spike";
  readonly #recent = new MovingMean(SPAN);
  readonly #growth: Growth;
  readonly #tail = new TwoSidedTail(HORIZON);
  #expected = 0;

  /** @param growth of the series; it is given each sample first */
  constructor(growth: Growth) {
    this.#growth = growth;
  }

  add(_time: number, value: number): number {
    this.#expected = this.#recent.value;
    this.#recent.add(value);
    return this.#tail.take(this.#growth.from(this.#expected));
  }

  band(): Band {
    const { up, down } = this.#tail.reach(OUTSIDE_BAND);
    const center = this.#expected;
    return { low: this.#growth.at(center, -down), center, high: this.#growth.at(center, up) };
  }
}
