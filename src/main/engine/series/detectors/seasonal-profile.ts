/** What a series usually is at each phase of a period: one slowly forgetting mean a phase, a turn of the period a time. */

/** Turns of the period after which a turn counts 1/e. */
const TURNS = 7;
/** A phase that was seen in fewer turns promises nothing. */
const LEAST_TURNS = 2;
/** Samples after which a sample counts 1/e in the error. */
const ERROR_SPAN = 500;

export class SeasonalProfile {
  readonly #period: number;
  /** Of the turns before the present one. */
  readonly #means: Float64Array;
  readonly #turns: Float64Array;
  /** The present turn of each phase: its number, and the mean and count of its samples so far. */
  readonly #present: Float64Array;
  readonly #presentMeans: Float64Array;
  readonly #presentCounts: Float64Array;
  #phase = 0;
  #expected: number | null = null;
  #judged = 0;
  /** Mean distance between promise and value; `Infinity` before the first promise. */
  error = Number.POSITIVE_INFINITY;

  /** @param period microseconds */
  constructor(period: number, phases: number) {
    this.#period = period;
    this.#means = new Float64Array(phases);
    this.#turns = new Float64Array(phases);
    this.#present = new Float64Array(phases).fill(Number.NaN);
    this.#presentMeans = new Float64Array(phases);
    this.#presentCounts = new Float64Array(phases);
  }

  /** What is usual at this time; null where the phase is not known yet. `learn` is about the same time. */
  expect(time: number): number | null {
    // In this order the product is a whole number, so that a sample on the edge of a phase never falls before it.
    const phases = this.#means.length;
    const at = Math.floor(((time % this.#period) * phases) / this.#period);
    const phase = Math.min(phases - 1, Math.max(0, at));
    const turn = Math.floor(time / this.#period);
    if (this.#present[phase] !== turn) this.#turn(phase, turn);
    this.#phase = phase;
    this.#expected = (this.#turns[phase] ?? 0) < LEAST_TURNS ? null : (this.#means[phase] ?? 0);
    return this.#expected;
  }

  learn(value: number): void {
    if (this.#expected !== null) {
      const miss = Math.abs(value - this.#expected);
      this.#judged++;
      this.error = this.#judged === 1 ? miss : this.error + (miss - this.error) / Math.min(this.#judged, ERROR_SPAN);
    }
    const phase = this.#phase;
    const count = (this.#presentCounts[phase] ?? 0) + 1;
    const mean = this.#presentMeans[phase] ?? 0;
    this.#presentCounts[phase] = count;
    this.#presentMeans[phase] = mean + (value - mean) / count;
  }

  /** The present turn of a phase is over and becomes part of what is usual. */
  #turn(phase: number, turn: number): void {
    if ((this.#presentCounts[phase] ?? 0) > 0) {
      const turns = (this.#turns[phase] ?? 0) + 1;
      const mean = this.#means[phase] ?? 0;
      this.#turns[phase] = turns;
      this.#means[phase] = mean + ((this.#presentMeans[phase] ?? 0) - mean) * Math.max(1 / turns, 1 / TURNS);
    }
    this.#present[phase] = turn;
    this.#presentMeans[phase] = 0;
    this.#presentCounts[phase] = 0;
  }
}
