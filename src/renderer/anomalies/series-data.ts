/** A series as the chart draws it: counters as growth, holes as holes, and the stretch around an anomaly. */
import type { CallOutput } from "../../shared/contract.ts";
import type { TimeRange } from "../state/selection.ts";
import type { Anomaly } from "./ranking.ts";

export type SeriesData = CallOutput<"series.read">;

export interface Drawn {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  /** Whether values are growth a second, as detectors look at counters. */
  readonly perSecond: boolean;
}

const LEAST_SAMPLES = 12;
const MICROS_PER_SECOND = 1_000_000;

/** Rises more often than not and hardly ever falls: what counts is its growth. */
export function isCounter(values: Float64Array): boolean {
  let rises = 0;
  let falls = 0;
  for (let at = 1; at < values.length; at += 1) {
    const step = (values[at] ?? 0) - (values[at - 1] ?? 0);
    if (step > 0) rises += 1;
    else if (step < 0) falls += 1;
  }
  return values.length > LEAST_SAMPLES && rises > values.length / 2 && falls <= values.length / 100;
}

/** @param counter what the whole series was found to be, where only a part was read */
export function drawn({ times, values }: SeriesData, counter: boolean = isCounter(values)): Drawn {
  return {
    times: Array.from(times),
    values: counter ? growth(times, values) : Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
    perSecond: counter,
  };
}

/** A fall is a restart, after which the counter grew from 0. */
function growth(times: Float64Array, values: Float64Array): readonly (number | null)[] {
  const rates: (number | null)[] = [];
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    const before = values[at - 1] ?? 0;
    const seconds = ((times[at] ?? 0) - (times[at - 1] ?? 0)) / MICROS_PER_SECOND;
    const rate = (value >= before ? value - before : value) / seconds;
    rates.push(seconds > 0 && Number.isFinite(rate) ? rate : null);
  }
  return values.length === 0 ? [] : [rates[0] ?? null, ...rates];
}

/** Lengths of an anomaly that are shown on either side of it, and the least in microseconds. */
const ROOM = 3;
const LEAST_ROOM = 10 * 60 * MICROS_PER_SECOND;

/** An anomaly with enough of the time around it to see what it left; inside what the case covers where that is known. */
export function around({ time, endTime }: Pick<Anomaly, "time" | "endTime">, limits: TimeRange | null): TimeRange {
  const room = Math.max(LEAST_ROOM, (endTime - time) * ROOM);
  const from = limits === null ? time - room : Math.max(limits.from, time - room);
  const to = limits === null ? endTime + room : Math.min(limits.to, endTime + room);
  // An anomaly outside of the case's limits still gets its own time.
  return { from: Math.min(from, time), to: Math.max(to, endTime + 1) };
}

/** From the first sample to the last; null without any. */
export function extentOf({ times }: Pick<SeriesData, "times">): TimeRange | null {
  const from = times[0];
  const to = times.at(-1);
  return from === undefined || to === undefined ? null : { from, to: Math.max(from + 1, to) };
}

/** A range without what lies before the first or after the last sample of the series, unless nothing would be left. */
export function withinExtent(range: TimeRange, extent: TimeRange): TimeRange {
  const from = Math.max(range.from, extent.from);
  const to = Math.min(range.to, extent.to);
  return to > from ? { from, to } : range;
}

export interface Extent {
  readonly least: number;
  readonly most: number;
}

/** Values on the y axis: the drawn ones and the band, with a little air; below zero only what is negative itself. */
export function valueExtent(values: readonly (number | null)[], band: Extent | null): Extent {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const nothingNegative = !(least < 0);
  if (band !== null && Number.isFinite(band.least) && Number.isFinite(band.most)) {
    least = Math.min(least, band.least);
    most = Math.max(most, band.most);
  }
  if (!Number.isFinite(least) || !Number.isFinite(most)) return { least: 0, most: 1 };
  if (nothingNegative) least = Math.max(0, least);
  if (least === most)
    return { least: least - Math.max(1, Math.abs(least)) / 10, most: most + Math.max(1, Math.abs(most)) / 10 };
  const air = (most - least) * 0.06;
  return { least: nothingNegative ? Math.max(0, least - air) : least - air, most: most + air };
}

/** Null where the method says nothing about values. */
export const bandOf = ({ bandLow, bandHigh }: Pick<Anomaly, "bandLow" | "bandHigh">): Extent | null =>
  bandLow === null || bandHigh === null ? null : { least: bandLow, most: bandHigh };
