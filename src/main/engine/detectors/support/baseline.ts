/**
 * The normal of a series: mean and standard deviation of what remains after clipping.
 * Iterated sigma clipping around the median (as in astronomy's photometry): samples farther than 3 deviations are
 * left out and the rest is measured again, so that a short incident does not hide itself in its own baseline.
 * Fails when most of the series is the incident.
 */
import { medianAndSigma, moments, sortedCopy } from "../../series/statistics.ts";

export interface Baseline {
  readonly mean: number;
  /** Never 0: a flat baseline gets a floor of 2 % of its own height, or of the largest value where it lies at 0. */
  readonly deviation: number;
}

const CLIP = 3;
const ROUNDS = 5;
const FLAT_FLOOR = 0.02;
/** A series that rests at one value is flat while it leaves it no more often than this; beyond, it is bursty. */
const MOST_DEPARTURES = 3;

export function baselineOf(values: Float64Array): Baseline {
  const sorted = sortedCopy(values);
  const { median, sigma } = medianAndSigma(sorted);
  let center = median;
  let deviation = sigma;
  if (deviation === 0) {
    // More than half of the samples are the same. Where the series leaves that value seldom, it is the normal; where
    // it comes and goes, that is the normal, and the plain deviation says so.
    const floor = floorOf(median, sorted);
    if (departuresFrom(median, values) <= MOST_DEPARTURES) return { mean: median, deviation: floor };
    const plain = moments(sorted);
    return { mean: plain.mean, deviation: Math.max(plain.deviation, floor) };
  }
  for (let round = 0; round < ROUNDS; round++) {
    const kept = sorted.filter((value) => Math.abs(value - center) <= CLIP * deviation);
    const next = moments(kept);
    if (next.deviation === 0 || next.deviation === deviation) break;
    center = next.mean;
    deviation = next.deviation;
  }
  return { mean: center, deviation: Math.max(deviation, floorOf(center, sorted)) };
}

function floorOf(center: number, sorted: Float64Array): number {
  const largest = Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0));
  return Math.max(Math.abs(center), center === 0 ? largest : 0) * FLAT_FLOOR || 1;
}

/** How often a series in the order of time steps away from a value. */
function departuresFrom(rest: number, values: Float64Array): number {
  let departures = 0;
  for (let index = 1; index < values.length; index++) {
    if (values[index - 1] === rest && values[index] !== rest) departures++;
  }
  return departures;
}
