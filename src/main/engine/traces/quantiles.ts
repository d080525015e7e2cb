/** Quantiles of sorted numbers, and what is normal for numbers that a few wild ones must not move. */

/** Linear between the two nearest (Hyndman and Fan's type 7). `sorted` ascends; 0 of nothing. */
export function quantile(sorted: Float64Array, q: number): number {
  const position = (sorted.length - 1) * q;
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

/** As {@link quantile} of each of `qs`, without sorting: `values` are put into another order. */
export function quantilesOf<const Q extends readonly number[]>(values: Float64Array, qs: Q): { [I in keyof Q]: number };
export function quantilesOf(values: Float64Array, qs: readonly number[]): number[] {
  const found = qs.map(() => 0);
  let last = values.length - 1;
  // From the greatest down: what a selection leaves to its left holds all smaller ones.
  for (const at of qs.map((_, index) => index).sort((a, b) => (qs[b] ?? 0) - (qs[a] ?? 0))) {
    const position = (values.length - 1) * (qs[at] ?? 0);
    const place = Math.floor(position);
    if (place < 0) break;
    select(values, place, last);
    last = place;
    const low = values[place] ?? 0;
    let high = Infinity;
    if (position > place)
      for (let to = place + 1; to < values.length; to += 1) high = Math.min(high, values[to] ?? high);
    found[at] = high === Infinity ? low : low + (high - low) * (position - place);
  }
  return found;
}

/**
 * Puts the value that sorting would put at `place` there, among the values up to `last`: none before it is greater, none
 * after it less. Hoare's FIND (Communications of the ACM 4, 1961, algorithm 65) with the median of three as its pivot;
 * an order that was made to defeat it is sorted.
 */
function select(values: Float64Array, place: number, last: number): void {
  let left = 0;
  let right = last;
  let rounds = 4 * Math.ceil(Math.log2(last + 2));
  while (left < right) {
    if (rounds === 0) {
      values.subarray(left, right + 1).sort();
      return;
    }
    rounds -= 1;
    const pivot = medianOfThree(values[left] ?? 0, values[(left + right) >>> 1] ?? 0, values[right] ?? 0);
    let up = left;
    let down = right;
    while (up <= down) {
      while ((values[up] ?? 0) < pivot) up += 1;
      while ((values[down] ?? 0) > pivot) down -= 1;
      if (up > down) break;
      const swapped = values[up] ?? 0;
      values[up] = values[down] ?? 0;
      values[down] = swapped;
      up += 1;
      down -= 1;
    }
    if (place <= down) right = down;
    else if (place >= up) left = up;
    else return;
  }
}

const medianOfThree = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

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
const LEAST_SIGMA = Math.log(1.1);

/** `sorted` are durations, ascending; those of 0 count as the shortest measurable, one nanosecond of microseconds. */
export function logNormalOf(sorted: Float64Array): LogNormal {
  const logs = sorted.map((duration) => Math.log(Math.max(duration, 0.001)));
  const median = quantile(logs, 0.5);
  const distances = logs.map((value) => Math.abs(value - median)).sort();
  const sigma = Math.max(quantile(distances, 0.5) * MAD_TO_SIGMA, LEAST_SIGMA);
  return { count: sorted.length, median, sigma };
}
