/** The normal of a series, from what it is held against, and its samples in the incident. */
import { IQR_TO_SIGMA, MAD_TO_SIGMA, median, quantileOfSorted, sortedCopy } from "../../series/statistics.ts";
import type { MetricSignal, Windows } from "../signals.ts";
import { watchedValues } from "./counter-rates.ts";
import { referenceOf, Side } from "./reference.ts";
import { isOwn, kindOf, type ResourceKind } from "./resource-kind.ts";

export interface MeasuredSeries {
  readonly metric: MetricSignal;
  readonly kind: ResourceKind;
  /** Of availability: what is available at best (1 or 100); values are what is missing to it. */
  readonly full: number | null;
  readonly reference: Float64Array;
  readonly incident: Float64Array;
  /** Of the samples of the incident. */
  readonly times: Float64Array;
  /** Median of the last samples before the incident. */
  readonly lately: number;
  /** Median of the reference, and a robust standard deviation that is never 0. */
  readonly center: number;
  readonly scale: number;
}

const LEAST_REFERENCE = 4;
/** A steady series still moves by this share of itself. */
const STEADY = 0.02;
/** A series that rests at zero is held against this share of its largest value. */
const OF_LARGEST = 0.05;

/** Null where there is too little to compare. Cost O(n log n). */
export function measureSeries(metric: MetricSignal, windows: Windows): MeasuredSeries | null {
  const kind = kindOf(metric.name);
  const values = watchedValues(metric, kind);
  const full = kind === "availability" ? fullOf(values) : null;
  const { reference, incident, times, recent } = samplesOf(metric.times, values, windows, full);
  if (reference.length < LEAST_REFERENCE || incident.length === 0) return null;
  const { center, scale } = normalOf(reference, incident);
  const lately = recent.length < LEAST_REFERENCE ? center : median(recent);
  return { metric, kind, full, reference, incident, times, lately, center, scale };
}

/** What all services tell of a series that they have in common. */
export interface Peers {
  /** A deviation that is nothing, in the unit of the values. */
  readonly leastScale: number;
  /** Times by which the level of most of them changed: more work for all is nobody's own trouble. */
  readonly shared: number;
}
export const NO_PEERS: Peers = { leastScale: 0, shared: 1 };

/**
 * By name of the series. Of a resource, a deviation is nothing below a quarter of what is usual among all services that
 * have it, for what an idle service does is no trouble because it did nothing before. Of errors, below a twentieth of
 * the most that any service has of them, for where one has many, a few are what others see of it.
 */
export function peersOf(series: readonly MeasuredSeries[]): ReadonlyMap<string, Peers> {
  const byName = new Map<string, MeasuredSeries[]>();
  for (const measured of series) {
    const name = measureOf(measured.metric.name);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [measured]);
    else known.push(measured);
  }
  const peers = new Map<string, Peers>();
  for (const [name, all] of byName) {
    const kind = kindOf(name);
    if (kind === "errors")
      peers.set(name, { leastScale: largestOf(all.flatMap(({ incident }) => [...incident])) * OF_LARGEST, shared: 1 });
    else if (isOwn(kind) && all.length >= LEAST_SERVICES)
      peers.set(name, { leastScale: median(all.map(({ scale }) => scale)) / 4, shared: sharedChange(all) });
  }
  return peers;
}
/** The name without its labels, which say whose it is. */
export const measureOf = (name: string): string => name.replace(/\{.*$/su, "");

const largestOf = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function sharedChange(all: readonly MeasuredSeries[]): number {
  const changes = all.map(({ incident, center }) => Math.log(median(incident) / center));
  return Math.exp(median(changes.filter((change) => Number.isFinite(change))));
}
/** Fewer services that have a series tell nothing usual of it. */
const LEAST_SERVICES = 4;

/** A share of 1 or of 100, null where it is neither. */
function fullOf(values: Float64Array): number | null {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  if (largest <= 1) return 1;
  return largest <= 100 ? 100 : null;
}

/** With `full`, what is missing to it: of a hundred parts that succeed the three that fail are the news. */
function samplesOf(
  times: Float64Array,
  values: Float64Array,
  windows: Windows,
  full: number | null,
): Pick<MeasuredSeries, "reference" | "incident" | "times"> & { readonly recent: Float64Array } {
  const sides = referenceOf(times, windows, true);
  const reference = new Float64Array(times.length);
  let inReference = 0;
  const incident: number[] = [];
  const during: number[] = [];
  const before = new Float64Array(times.length);
  let priors = 0;
  for (let index = 0; index < times.length; index++) {
    const written = values[index] ?? Number.NaN;
    const time = times[index] ?? 0;
    if (!Number.isFinite(written)) continue;
    const value = full === null ? written : full - written;
    if (time < windows.incident.from) before[priors++] = value;
    const side = sides.side(time);
    if (side === Side.reference) reference[inReference++] = value;
    else if (side === Side.incident) {
      incident.push(value);
      during.push(time);
    }
  }
  return {
    reference: reference.subarray(0, inReference),
    incident: Float64Array.from(incident),
    times: Float64Array.from(during),
    recent: before.subarray(Math.max(0, priors - Math.max(2 * incident.length, LEAST_RECENT)), priors),
  };
}
/** Samples just before the incident, at least. */
const LEAST_RECENT = 6;

function normalOf(reference: Float64Array, incident: Float64Array): { center: number; scale: number } {
  const sorted = sortedCopy(reference);
  const center = quantileOfSorted(sorted, 0.5);
  const distances = sorted.map((value) => Math.abs(value - center)).sort();
  const sigma = quantileOfSorted(distances, 0.5) * MAD_TO_SIGMA;
  const quartiles = (quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)) * IQR_TO_SIGMA;
  let largest = Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0));
  for (const value of incident) largest = Math.max(largest, Math.abs(value));
  const floor = center === 0 ? largest * OF_LARGEST : Math.abs(center) * STEADY;
  return { center, scale: Math.max(sigma, quartiles, floor, Number.MIN_VALUE) };
}
