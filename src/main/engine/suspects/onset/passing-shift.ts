/**
 * A series that left its normal and came back: two changes of level, of which one alone is none. The stretch between
 * the lowest and the highest point of the cumulative sum is where they are (the "epidemic" alternative of Levin and
 * Kline, Statistics in Medicine 4, 1985); its range is the statistic of Kuiper (1960).
 */
import { medianAndSigma, moments } from "../../series/statistics.ts";

export interface PassingShift {
  /** First sample of the stretch. */
  readonly index: number;
  /** Of all samples outside of the stretch. */
  readonly scale: { readonly median: number; readonly sigma: number };
  /** Median of the stretch. */
  readonly after: number;
}

/** In one of a hundred series without change, the range of the bridge is beyond this. */
const CERTAIN = 2;
/** Values farther from the median than this many deviations pull no harder. */
const CLIP = 4;
const LEAST_SAMPLES = 3;
/** What lasts longer than this share of the series is as well its normal. */
const LONGEST = 0.5;

/** The likeliest stretch apart from the rest; null where none is. Cost O(n log n). */
export function passingShift(values: Float64Array): PassingShift | null {
  const { median: center, sigma } = medianAndSigma(values);
  const clipped =
    sigma === 0 ? values : values.map((value) => clip(value, center - CLIP * sigma, center + CLIP * sigma));
  const { mean, deviation } = moments(clipped);
  if (deviation === 0) return null;
  let sum = 0;
  const lowest = { sum: 0, at: 0 };
  const highest = { sum: 0, at: 0 };
  for (let at = 0; at < clipped.length; at++) {
    sum += (clipped[at] ?? 0) - mean;
    if (sum < lowest.sum) Object.assign(lowest, { sum, at: at + 1 });
    if (sum > highest.sum) Object.assign(highest, { sum, at: at + 1 });
  }
  if (highest.sum - lowest.sum < CERTAIN * deviation * Math.sqrt(values.length)) return null;
  const index = Math.min(lowest.at, highest.at);
  const end = Math.max(lowest.at, highest.at);
  const length = end - index;
  if (length < LEAST_SAMPLES || length > LONGEST * values.length) return null;
  const rest = new Float64Array(values.length - length);
  rest.set(values.subarray(0, index));
  rest.set(values.subarray(end), index);
  return { index, scale: medianAndSigma(rest), after: medianAndSigma(values.subarray(index, end)).median };
}

const clip = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
