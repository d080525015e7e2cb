/**
 * How far a series is from its normal in the incident, in units of how far it strays by itself: a series that is wild
 * on every day says nothing, whatever its deviation.
 */
import { quantileOfSorted } from "../../series/statistics.ts";
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
/**
 * Of a stretch, the share of samples that speaks for it, and what stays of what it says: people begin their windows too
 * early and end them too late, and the less of one an incident fills, the more it looks like a spike.
 */
const SPEAKING = [
  { share: 1 / 3, least: 2, weight: 1 },
  { share: 1 / 8, least: 1, weight: 0.5 },
] as const;
/** Stretches are never longer than this share of the reference. */
const LONGEST = 1 / 3;
/** Steepness of the tail of what stretches stray, before any is seen, and for how many stretches that counts. */
const PRIOR_STEEPNESS = 2;
const PRIOR_WEIGHT = 40;

/** Null where the series does not move beyond its usual, and what its peers moved by. Cost O(n log n). */
export function metricShift(series: MeasuredSeries, peers: Peers): MetricShift | null {
  let best: MetricShift | null = null;
  for (const speaking of SPEAKING) {
    const shift = shiftOf(series, peers, speaking);
    if (shift !== null && (best === null || shift.nats > best.nats)) best = shift;
  }
  return best;
}

interface Speaking {
  readonly share: number;
  readonly least: number;
  readonly weight: number;
}

/** How many of so many samples speak. */
const rankIn = (count: number, { share, least }: Speaking): number =>
  Math.min(count, Math.max(least, Math.ceil(count * share)));

function shiftOf(series: MeasuredSeries, { leastScale, shared }: Peers, speaking: Speaking): MetricShift | null {
  const { metric, kind, full, reference, incident, times, center } = series;
  const scale = Math.max(series.scale, leastScale);
  // What had changed long before is not what began now, and what all do is not its own.
  const levels = [center, center * shared, series.lately];
  const rank = rankIn(incident.length, speaking);
  const rise = stray(incident, Math.max(...levels), scale, 1, rank);
  const fall = stray(incident, Math.min(...levels), scale, -1, rank);
  const judged = full === null ? kind : "errors";
  const rises = rise * weightOf(judged, true) >= fall * weightOf(judged, false);
  const size = rises ? rise : fall;
  if (!(size > LEAST_USUAL)) return null;
  const sign = rises ? 1 : -1;
  const { usual, steepness } = usualOf(strays(reference, center, scale, sign, incident.length, speaking));
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
    nats: steepness * Math.log(ratio) * known * speaking.weight * weightOf(judged, rises) * relativeSize(level, during),
    time: times[Math.max(0, first)] ?? 0,
  };
}

/** What `rank` of the samples stray beyond to one side, in deviations. */
function stray(values: Float64Array, center: number, scale: number, sign: 1 | -1, rank: number): number {
  const sorted = values.slice().sort();
  const value = sorted[sign > 0 ? sorted.length - rank : rank - 1] ?? center;
  return (sign * (value - center)) / scale;
}

/** What stretches of the reference stray, each as long as the incident where that many fit; ascending. */
function strays(
  reference: Float64Array,
  center: number,
  scale: number,
  sign: 1 | -1,
  samples: number,
  speaking: Speaking,
): Float64Array {
  const length = Math.max(1, Math.min(samples, Math.floor(reference.length * LONGEST)));
  const step = Math.max(1, Math.floor(length / 2), Math.ceil((reference.length - length) / MOST_STRETCHES));
  const rank = rankIn(length, speaking);
  const found: number[] = [];
  for (let from = 0; from + length <= reference.length; from += step)
    found.push(stray(reference.subarray(from, from + length), center, scale, sign, rank));
  return Float64Array.from(found).sort();
}

/**
 * What nearly all stretches stray, and how steeply fewer of them stray farther: Hill's estimate of a power law (1975),
 * pulled to an ordinary one. A series that now and then leaps a hundredfold says little by leaping.
 */
function usualOf(sorted: Float64Array): { readonly usual: number; readonly steepness: number } {
  const usual = Math.max(LEAST_USUAL, quantileOfSorted(sorted, USUAL));
  let beyond = 0;
  let logs = 0;
  for (let at = sorted.length - 1; at >= 0 && (sorted[at] ?? 0) > usual; at--) {
    beyond++;
    logs += Math.log((sorted[at] ?? usual) / usual);
  }
  const steepness = (beyond + PRIOR_WEIGHT) / (logs + PRIOR_WEIGHT / PRIOR_STEEPNESS);
  return { usual, steepness: Math.min(PRIOR_STEEPNESS, steepness) };
}

/** 1 where it doubles or halves, or more; less where it moves by less than that. */
const relativeSize = (before: number, during: number): number =>
  before <= 0 || during <= 0 ? 1 : Math.min(1, Math.abs(Math.log2(during / before)));
