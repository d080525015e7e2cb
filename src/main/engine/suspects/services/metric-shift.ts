/**
 * How far a series is from its normal in the incident, in units of how far it strays by itself: a series that is wild
 * on every day says nothing, whatever its deviation.
 */
import { quantile } from "../../series/statistics.ts";
import type { MetricSignal } from "../signals.ts";
import type { MeasuredSeries, Peers } from "./metric-normal.ts";
import { type ResourceKind, weightOf } from "./resource-kind.ts";

export interface MetricShift {
  readonly metric: MetricSignal;
  readonly kind: ResourceKind;
  readonly rises: boolean;
  /** Median of the reference, and what a third of the incident goes beyond. */
  readonly before: number;
  readonly during: number;
  /** How many times farther than all but a fiftieth of equally long stretches of the reference. */
  readonly ratio: number;
  /** Evidence in nats, weighed by kind, direction and relative size. */
  readonly nats: number;
  /** Microseconds: first sample beyond what is usual. */
  readonly time: number;
}

/** Samples of the reference at which half is believed of what it says of its usual. */
const HALF_KNOWN = 8;
/** What strays less than this many deviations is not told from noise. */
const LEAST_USUAL = 3;
/** Stretches of the reference that are looked at, at most. */
const MOST_STRETCHES = 400;
/** All but a fiftieth of them stray less than what is usual: a few may be incidents themselves. */
const USUAL = 0.98;
/** Of a stretch, the share of samples that speaks for it: an incident may fill a part of its window. */
const SPEAKING = 3;

/** Null where the series does not move beyond its usual, and what its peers moved by. Cost O(n log n). */
export function metricShift(series: MeasuredSeries, { leastScale, shared }: Peers): MetricShift | null {
  const { metric, kind, full, reference, incident, times, center } = series;
  const scale = Math.max(series.scale, leastScale);
  // What had changed long before is not what began now, and what all do is not its own.
  const levels = [center, center * shared, series.lately];
  const rise = stray(incident, Math.max(...levels), scale, 1);
  const fall = stray(incident, Math.min(...levels), scale, -1);
  const judged = full === null ? kind : "errors";
  const rises = rise * weightOf(judged, true) >= fall * weightOf(judged, false);
  const size = rises ? rise : fall;
  if (!(size > LEAST_USUAL)) return null;
  const sign = rises ? 1 : -1;
  const usual = Math.max(LEAST_USUAL, usualStray(reference, center, scale, sign, incident.length));
  const ratio = size / usual;
  if (!(ratio > 1)) return null;
  const level = rises ? Math.max(...levels) : Math.min(...levels);
  const during = level + sign * size * scale;
  const known = reference.length / (reference.length + HALF_KNOWN);
  const first = incident.findIndex((value) => (sign * (value - center)) / scale > usual);
  return {
    metric,
    kind,
    rises: full === null ? rises : !rises,
    before: full === null ? center : full - center,
    during: full === null ? during : full - during,
    ratio,
    nats: 2 * Math.log(ratio) * known * weightOf(judged, rises) * relativeSize(level, during),
    time: times[Math.max(0, first)] ?? 0,
  };
}

/** What a third of the samples, and two at least, stray beyond to one side, in deviations: one sample is a spike. */
function stray(values: Float64Array, center: number, scale: number, sign: 1 | -1): number {
  const sorted = values.slice().sort();
  const rank = Math.min(sorted.length, Math.max(2, Math.ceil(sorted.length / SPEAKING)));
  const value = sorted[sign > 0 ? sorted.length - rank : rank - 1] ?? center;
  return (sign * (value - center)) / scale;
}

/** What nearly all stretches of the reference, as long as the incident, stray. */
function usualStray(reference: Float64Array, center: number, scale: number, sign: 1 | -1, samples: number): number {
  const length = Math.max(1, Math.min(samples, Math.floor(reference.length / SPEAKING)));
  const step = Math.max(1, Math.floor(length / 2), Math.ceil((reference.length - length) / MOST_STRETCHES));
  const strays: number[] = [];
  for (let from = 0; from + length <= reference.length; from += step)
    strays.push(stray(reference.subarray(from, from + length), center, scale, sign));
  return quantile(strays, USUAL);
}

/** 1 where it doubles or halves, or more; less where it moves by less than that. */
const relativeSize = (before: number, during: number): number =>
  before <= 0 || during <= 0 ? 1 : Math.min(1, Math.abs(Math.log2(during / before)));
