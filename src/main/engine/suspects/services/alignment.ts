/** Whether a series moves when what hurts does. */
import type { MetricSignal, Windows } from "../signals.ts";
import type { MetricShift } from "./metric-shift.ts";

/** Fewer common moments tell no likeness. */
const LEAST_COMMON = 4;

/**
 * Correlation (Pearson) of two series over the incident and as long before it, at the moments that both have, 0–1;
 * a fall counts as a rise where falling is the trouble. 1 where there is too little to tell.
 */
export function alignment(shift: MetricShift, symptom: MetricShift, { incident }: Windows): number {
  if (shift.metric === symptom.metric) return 1;
  const from = incident.from - (incident.to - incident.from);
  const other = valuesBetween(symptom.metric, from, incident.to);
  const pairs = [...valuesBetween(shift.metric, from, incident.to)].flatMap(([time, value]) => {
    const against = other.get(time);
    return against === undefined ? [] : [[value, against] as const];
  });
  if (pairs.length < LEAST_COMMON) return 1;
  const sign = shift.rises === symptom.rises ? 1 : -1;
  return Math.max(0, sign * correlation(pairs));
}

function valuesBetween({ times, values }: MetricSignal, from: number, to: number): Map<number, number> {
  const found = new Map<number, number>();
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? 0;
    const value = values[index] ?? Number.NaN;
    if (time >= from && time < to && Number.isFinite(value)) found.set(time, value);
  }
  return found;
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
