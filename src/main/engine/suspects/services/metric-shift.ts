/**
 * How far a series is from its normal in the incident, in units of how far it strays by itself: a series that is wild
 * on every day says nothing, whatever its deviation.
 */
import { median, medianAndSigma, quantileOfSorted, sortedCopy } from "../../series/statistics.ts";
import type { MetricSignal, Windows } from "../signals.ts";
import { referenceOf, Side } from "./reference.ts";
import { isOwn, kindOf, type ResourceKind, weightOf } from "./resource-kind.ts";

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

const LEAST_REFERENCE = 4;
/** Samples of the reference at which half is believed of what it says of its usual. */
const HALF_KNOWN = 8;
/** A steady series still moves by this share of itself. */
const STEADY = 0.02;
/** A series that rests at zero is held against this share of its largest value. */
const OF_LARGEST = 0.05;
/** What strays less than this many deviations is not told from noise. */
const LEAST_USUAL = 3;
/** Stretches of the reference that are looked at, at most. */
const MOST_STRETCHES = 400;
/** Of a stretch, the share of samples that speaks for it: an incident may fill a part of its window. */
const SPEAKING = 3;

/**
 * Null where the series is too short, or does not move beyond its usual. `leastScale`: a deviation that is nothing for
 * series of its kind, in the unit of the values. Cost O(n log n).
 */
export function metricShift(metric: MetricSignal, windows: Windows, leastScale = 0): MetricShift | null {
  const kind = kindOf(metric.name);
  const full = kind === "availability" ? fullOf(metric.values) : null;
  const { reference, incident, times, recent } = samplesOf(metric, windows, full);
  if (reference.length < LEAST_REFERENCE || incident.length === 0) return null;
  const normal = normalOf(reference, incident);
  const { center } = normal;
  const scale = Math.max(normal.scale, leastScale);
  // What had changed long before is not what began now.
  const lately = recent.length < LEAST_REFERENCE ? center : medianAndSigma(recent).median;
  const rise = stray(incident, Math.max(center, lately), scale, 1);
  const fall = stray(incident, Math.min(center, lately), scale, -1);
  const judged = full === null ? kind : "errors";
  const rises = rise * weightOf(judged, true) >= fall * weightOf(judged, false);
  const size = rises ? rise : fall;
  const sign = rises ? 1 : -1;
  const usual = Math.max(LEAST_USUAL, usualStray(reference, center, scale, sign, incident.length));
  const ratio = size / usual;
  if (!(ratio > 1)) return null;
  const during = center + sign * size * scale;
  const known = reference.length / (reference.length + HALF_KNOWN);
  const nats = 2 * Math.log(ratio) * known * weightOf(judged, rises) * relativeSize(center, during);
  const first = incident.findIndex((value) => (sign * (value - center)) / scale > usual);
  return {
    metric,
    kind,
    rises: full === null ? rises : !rises,
    before: full === null ? center : full - center,
    during: full === null ? during : full - during,
    ratio,
    nats,
    time: times[Math.max(0, first)] ?? windows.incident.from,
  };
}

/**
 * By name of the series, a deviation that is nothing: a quarter of what is usual among all services that have it. What
 * an idle service does is no trouble because it did nothing before. Only of resources, whose amounts compare.
 */
export function leastScales(metrics: readonly MetricSignal[], windows: Windows): ReadonlyMap<string, number> {
  const sigmas = new Map<string, number[]>();
  for (const metric of metrics) {
    if (!isOwn(kindOf(metric.name))) continue;
    const { reference } = samplesOf(metric, windows, null);
    if (reference.length < LEAST_REFERENCE) continue;
    const { sigma } = medianAndSigma(reference);
    sigmas.set(metric.name, [...(sigmas.get(metric.name) ?? []), sigma]);
  }
  return new Map([...sigmas].map(([name, all]) => [name, all.length < LEAST_SERVICES ? 0 : median(all) / 4]));
}
/** Fewer services that have a series tell nothing usual of it. */
const LEAST_SERVICES = 4;

interface Samples {
  readonly reference: readonly number[];
  readonly incident: readonly number[];
  /** Of the samples of the incident. */
  readonly times: readonly number[];
  /** The last ones before the incident. */
  readonly recent: readonly number[];
}

/** What is available at best: a share of 1 or of 100, null where it is neither. */
function fullOf(values: Float64Array): number | null {
  const largest = values.reduce((most, value) => (value > most ? value : most), 0);
  if (largest <= 1) return 1;
  return largest <= 100 ? 100 : null;
}

/** With `full`, what is missing to it: of a hundred parts that succeed the three that fail are the news. */
function samplesOf({ times, values }: MetricSignal, windows: Windows, full: number | null): Samples {
  const sides = referenceOf(times, windows, true);
  const reference: number[] = [];
  const incident: number[] = [];
  const during: number[] = [];
  const before: number[] = [];
  for (let index = 0; index < times.length; index++) {
    const written = values[index] ?? Number.NaN;
    const value = full === null ? written : full - written;
    const time = times[index] ?? 0;
    if (!Number.isFinite(value)) continue;
    if (time < windows.incident.from) before.push(value);
    const side = sides.side(time);
    if (side === Side.reference) reference.push(value);
    else if (side === Side.incident) {
      incident.push(value);
      during.push(time);
    }
  }
  return { reference, incident, times: during, recent: before.slice(-Math.max(2 * incident.length, 6)) };
}

function normalOf(reference: readonly number[], incident: readonly number[]): { center: number; scale: number } {
  const { median: center, sigma } = medianAndSigma(reference);
  const sorted = sortedCopy(reference);
  const quartiles = (quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)) / 1.349;
  const largest = [...reference, ...incident].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const floor = center === 0 ? largest * OF_LARGEST : Math.abs(center) * STEADY;
  return { center, scale: Math.max(sigma, quartiles, floor, Number.MIN_VALUE) };
}

/** What a third of the samples, and two at least, stray beyond to one side, in deviations: one sample is a spike. */
function stray(values: readonly number[], center: number, scale: number, sign: 1 | -1): number {
  const sorted = values.map((value) => (sign * (value - center)) / scale).sort((a, b) => b - a);
  const rank = Math.min(sorted.length, Math.max(2, Math.ceil(sorted.length / SPEAKING)));
  return sorted[rank - 1] ?? 0;
}

/** What all but a fiftieth of stretches of the reference, as long as the incident, stray. */
function usualStray(
  reference: readonly number[],
  center: number,
  scale: number,
  sign: 1 | -1,
  samples: number,
): number {
  const length = Math.max(1, Math.min(samples, Math.floor(reference.length / SPEAKING)));
  const step = Math.max(1, Math.floor(length / 2), Math.ceil((reference.length - length) / MOST_STRETCHES));
  const strays: number[] = [];
  for (let from = 0; from + length <= reference.length; from += step)
    strays.push(stray(reference.slice(from, from + length), center, scale, sign));
  return quantileOfSorted(sortedCopy(strays), 0.98);
}

/** 1 where it doubles or halves, or more; less where it moves by less than that. */
const relativeSize = (before: number, during: number): number =>
  before <= 0 || during <= 0 ? 1 : Math.min(1, Math.abs(Math.log2(during / before)));
