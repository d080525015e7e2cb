/** Whether a series moves when what hurts does. */
import type { MetricSignal, Windows } from "../signals.ts";
import type { MetricShift } from "./metric-shift.ts";

/** Fewer common moments tell no likeness. */
const LEAST_COMMON = 4;
/** Where nothing is told, it is as likely as not. */
const UNKNOWN = 0.5;

/**
 * Correlation (Pearson) of two series over the incident and as long before it, 0–1; a fall counts as a rise where
 * falling is the trouble. Each sample is held against the nearest one of the other series, at most a step of it away:
 * scrapers look at different moments. {@link UNKNOWN} where there is too little to tell.
 */
export function alignment(shift: MetricShift, symptom: MetricShift, { incident }: Windows): number {
  if (shift.metric === symptom.metric) return 1;
  const from = incident.from - (incident.to - incident.from);
  const pairs = pairsOf(
    samplesBetween(symptom.metric, from, incident.to),
    samplesBetween(shift.metric, from, incident.to),
  );
  if (pairs.length < LEAST_COMMON) return UNKNOWN;
  const sign = shift.rises === symptom.rises ? 1 : -1;
  return Math.max(0, sign * correlation(pairs));
}

interface Sample {
  readonly time: number;
  readonly value: number;
}

function samplesBetween({ times, values }: MetricSignal, from: number, to: number): Sample[] {
  const found: Sample[] = [];
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? 0;
    const value = values[index] ?? Number.NaN;
    if (time >= from && time < to && Number.isFinite(value)) found.push({ time, value });
  }
  return found;
}

/** Of those that are farther apart, each with the nearest of the others. */
function pairsOf(some: readonly Sample[], others: readonly Sample[]): (readonly [number, number])[] {
  const [sparse, dense] = some.length <= others.length ? [some, others] : [others, some];
  const [first] = dense;
  const last = dense.at(-1);
  if (first === undefined || last === undefined) return [];
  const step = (last.time - first.time) / Math.max(1, dense.length - 1);
  const pairs: (readonly [number, number])[] = [];
  let at = 0;
  for (const { time, value } of sparse) {
    const distance = (index: number): number => Math.abs((dense[index]?.time ?? Infinity) - time);
    while (distance(at + 1) <= distance(at)) at++;
    const near = dense[at];
    if (near !== undefined && distance(at) <= step) pairs.push([value, near.value]);
  }
  return pairs;
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const count = pairs.length;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / count;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (const [x, y] of pairs) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}
