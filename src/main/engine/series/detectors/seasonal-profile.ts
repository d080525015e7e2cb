/** What a series usually is at each phase of a period: one slowly forgetting mean a phase. */

/** Turns of the period after which a turn counts 1/e. */
const TURNS = 7;
/** A phase that was seen less often promises nothing. */
const LEAST_VISITS = 2;
/** Samples after which a sample counts 1/e in the error. */
const ERROR_SPAN = 500;

export class SeasonalProfile {
  readonly #period: number;
  readonly #means: Float64Array;
  readonly #visits: Float64Array;
  #phase = 0;
  #judged = 0;
  /** Mean distance between promise and value; `Infinity` before the first promise. */
  error = Number.POSITIVE_INFINITY;

  /** @param period microseconds */
  constructor(period: number, phases: number) {
    this.#period = period;
    this.#means = new Float64Array(phases);
    this.#visits = new Float64Array(phases);
  }

  /** What is usual at this time; null where the phase is not known yet. `learn` is about the same time. */
  expect(time: number): number | null {
    const turn = time / this.#period;
    this.#phase = Math.min(this.#means.length - 1, Math.floor((turn - Math.floor(turn)) * this.#means.length));
    return (this.#visits[this.#phase] ?? 0) < LEAST_VISITS ? null : (this.#means[this.#phase] ?? 0);
  }

  learn(value: number): void {
    const visits = (this.#visits[this.#phase] ?? 0) + 1;
    const mean = this.#means[this.#phase] ?? 0;
    if (visits > LEAST_VISITS) {
      const miss = Math.abs(value - mean);
      this.#judged++;
      this.error = this.#judged === 1 ? miss : this.error + (miss - this.error) / Math.min(this.#judged, ERROR_SPAN);
    }
    this.#visits[this.#phase] = visits;
    this.#means[this.#phase] = mean + (value - mean) * Math.max(1 / visits, 1 / TURNS);
  }
}
