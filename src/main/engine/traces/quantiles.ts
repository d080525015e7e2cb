/** Quantiles of sorted numbers, and what is normal for numbers that a few wild ones must not move. */

/** Linear between the two nearest (Hyndman and Fan's type 7). `sorted` ascends; 0 of nothing. */
export function quantile(sorted: Float64Array, q: number): number {
  const position = (sorted.length - 1) * q;
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

/** Turns the median absolute deviation of normal numbers into their standard deviation: 1 / Φ⁻¹(3/4). */
const MAD_TO_SIGMA = 1.4826;

/** Of the natural logarithms of durations, which are skewed: their products spread evenly, not their sums. */
export interface LogNormal {
  readonly count: number;
  readonly median: number;
  /** Never below {@link LEAST_SIGMA}: an operation that always takes the same has still a normal. */
  readonly sigma: number;
}

/** A tenth of the median: what differs by less is not slow, however steady the operation is. */
export const LEAST_SIGMA = Math.log(1.1);

/** `sorted` are durations, ascending; those of 0 count as the shortest measurable, one nanosecond of microseconds. */
export function logNormalOf(sorted: Float64Array): LogNormal {
  const logs = sorted.map((duration) => Math.log(Math.max(duration, 0.001)));
  const median = quantile(logs, 0.5);
  const distances = logs.map((value) => Math.abs(value - median)).sort();
  const sigma = Math.max(quantile(distances, 0.5) * MAD_TO_SIGMA, LEAST_SIGMA);
  return { count: sorted.length, median, sigma };
}
