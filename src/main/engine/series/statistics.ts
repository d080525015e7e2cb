/**
 * Statistics that a few wild samples cannot move: median, quantiles, median absolute deviation. Samples are finite
 * numbers; of an empty series every statistic is 0.
 */

/** Turns the median absolute deviation of a normal distribution into its standard deviation: 1 / Φ⁻¹(3/4). */
export const MAD_TO_SIGMA = 1.4826;
/** The same for the distance between the quartiles: 1 / (2 Φ⁻¹(3/4)). */
export const IQR_TO_SIGMA = 0.7413;

export const sortedCopy = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();

/** The `q`-quantile of ascending values, between two neighbours by their distance (type 7 of Hyndman and Fan). */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return 0;
  const position = (sorted.length - 1) * Math.min(Math.max(q, 0), 1);
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

export const quantile = (values: ArrayLike<number>, q: number): number => quantileOfSorted(sortedCopy(values), q);

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);

export interface RobustScale {
  readonly median: number;
  /** In the unit of the values; 0 when more than half of them are the same. */
  readonly sigma: number;
}

/** Median, and the standard deviation that the median absolute deviation stands for. */
export function medianAndSigma(values: ArrayLike<number>): RobustScale {
  const sorted = sortedCopy(values);
  const center = quantileOfSorted(sorted, 0.5);
  const distances = sorted.map((value) => Math.abs(value - center)).sort();
  return { median: center, sigma: quantileOfSorted(distances, 0.5) * MAD_TO_SIGMA };
}

export interface Moments {
  readonly mean: number;
  /** Of a sample: divided by n − 1. */
  readonly deviation: number;
}

/** Welford's method: exact where a sum of squares would cancel. */
export function moments(values: ArrayLike<number>): Moments {
  let mean = 0;
  let squares = 0;
  const count = values.length;
  for (let index = 0; index < count; index++) {
    const value = values[index] ?? 0;
    const delta = value - mean;
    mean += delta / (index + 1);
    squares += delta * (value - mean);
  }
  return { mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0 };
}

/**
 * Upper tail of the standard normal distribution, P(Z > z). Abramowitz and Stegun 7.1.26 over the complementary error
 * function; its relative error grows with z, but z = 8 still lies below z = 7, and 0 is reached only beyond 37.
 */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.327_591_1 * x);
  const series =
    t * (0.254_829_592 + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
  return 0.5 * series * Math.exp(-x * x);
}
