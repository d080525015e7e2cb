/**
 * Where the level of a series changed. `changePoint` looks at a whole series (CUSUM, Page 1954, on values clipped to
 * their own robust scale), `PageHinkley` at one sample at a time (Page 1954, Hinkley 1971).
 */
import { median, medianAndSigma, moments } from "./statistics.ts";

export interface ChangePoint {
  /** First sample of the new level. */
  readonly index: number;
  /** Medians of both sides, in the unit of the values. */
  readonly before: number;
  readonly after: number;
  /** Distance of the medians in robust standard deviations within the sides; `Infinity` when both sides are flat. */
  readonly size: number;
  /**
   * Largest standardised excursion of the cumulative sum, √n · max|S| / (n σ): the Kolmogorov statistic of a bridge.
   * Beyond 1.36 a series without change has it in one case of twenty, beyond 1.63 in one of a hundred.
   */
  readonly statistic: number;
}

/** A side with fewer samples has no level. */
const LEAST_SIDE = 3;
/** Values farther from the median than this many deviations pull no harder. */
const CLIP = 4;

/** The likeliest single change of level, or null where there is none to tell: too short, or all the same. Cost O(n log n). */
export function changePoint(values: ArrayLike<number>, leastSide = LEAST_SIDE): ChangePoint | null {
  const count = values.length;
  if (count < 2 * leastSide) return null;
  const clipped = clippedToScale(values);
  const { mean, deviation } = moments(clipped);
  if (deviation === 0) return null;
  let sum = 0;
  let best = 0;
  let index = 0;
  let statistic = 0;
  for (let at = 1; at < count; at++) {
    sum += (clipped[at - 1] ?? 0) - mean;
    statistic = Math.max(statistic, Math.abs(sum) / (deviation * Math.sqrt(count)));
    if (at < leastSide || at > count - leastSide) continue;
    // The bridge is widest in the middle: weighed by its own deviation, changes near the ends are seen as well.
    const weighed = Math.abs(sum) / Math.sqrt(at * (count - at));
    if (weighed > best) {
      best = weighed;
      index = at;
    }
  }
  if (index === 0) return null;
  const left = Float64Array.from({ length: index }, (_, at) => values[at] ?? 0);
  const right = Float64Array.from({ length: count - index }, (_, at) => values[index + at] ?? 0);
  const before = median(left);
  const after = median(right);
  const residuals = Float64Array.from({ length: count }, (_, at) => (values[at] ?? 0) - (at < index ? before : after));
  const { sigma } = medianAndSigma(residuals);
  const size = before === after ? 0 : Math.abs(after - before) / sigma;
  return { index, before, after, size, statistic };
}

function clippedToScale(values: ArrayLike<number>): Float64Array {
  const { median: center, sigma } = medianAndSigma(values);
  const copy = Float64Array.from(values);
  if (sigma === 0) return copy;
  return copy.map((value) => Math.min(Math.max(value, center - CLIP * sigma), center + CLIP * sigma));
}

/** Two one-sided cumulative sums of standardised values: how long and how far they have stayed to one side. */
export class PageHinkley {
  readonly #slack: number;
  #up = 0;
  #down = 0;

  /** `slack`: standard deviations of drift that are forgiven at each sample; half of the shift that is looked for. */
  constructor(slack = 0.5) {
    this.#slack = slack;
  }

  /** Takes the next value in standard deviations from its baseline; the sum of the side that is farther out, signed. */
  add(z: number): number {
    this.#up = Math.max(0, this.#up + z - this.#slack);
    this.#down = Math.max(0, this.#down - z - this.#slack);
    return this.#up >= this.#down ? this.#up : -this.#down;
  }

  reset(): void {
    this.#up = 0;
    this.#down = 0;
  }
}
