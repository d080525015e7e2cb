/** A flat line: the same value again and again, longer than this series ever rested. A stuck sensor, a dead exporter. */
import { HORIZON, type SeriesDetector } from "../detector.ts";
import { Tail } from "../tail.ts";

const LEAST_RUN = 3;
/** A rest is weak evidence: many series rest because nothing happens. */
const MOST_SURPRISE = 4;

export class FlatLine implements SeriesDetector {
  readonly method = "flat-line";
  readonly #rests = new Tail(HORIZON);
  #last = Number.NaN;
  #run = 0;

  add(_time: number, value: number): number {
    if (value !== this.#last) {
      if (this.#run > 0) this.#rests.add(this.#run);
      this.#last = value;
      this.#run = 1;
      return 0;
    }
    this.#run++;
    return this.#run < LEAST_RUN ? 0 : Math.min(MOST_SURPRISE, this.#rests.surprise(this.#run));
  }

  band(): null {
    return null;
  }
}
