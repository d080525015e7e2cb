/** Which departures are symptoms of the incident, and with which it began. */
import { MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import type { AlertSignal, Windows } from "../signals.ts";
import type { Departure } from "./departure.ts";
import type { Extent } from "./departures.ts";

/** What departs within this belongs together. */
export const AGREE = 10 * MICROS_PER_MINUTE;
/** A monitor looks at minutes: it may name a moment before its own samples do. */
const ALERT_SLACK = 2 * MICROS_PER_MINUTE;
/** Alerts come within this; what departed earlier was something else, if anything departed later. */
const ALERT_DELAY = 60 * MICROS_PER_MINUTE;
/** Short data tells shorter times apart: departures agree within this share of it. */
const AGREE_SHARE = 0.1;
export const agreeIn = ({ from, to }: Extent): number => Math.min(AGREE, (to - from) * AGREE_SHARE);
/** Clear departures this shortly before are the beginning of the same; lesser ones only within their own sample. */
const JUST_BEFORE = 5 * MICROS_PER_MINUTE;
/** A departure of so many deviations is clear by itself. */
export const CLEAR = 8;
/** Beyond this, one clear departure weighs no more than another. */
const MOST_WEIGHT = 20;

/**
 * Errors and latencies that grew worse. What an alert is about is a symptom by its monitor's own word, whatever it
 * measures; where nothing else departed, anything is.
 */
export function symptomsOf(departures: readonly Departure[], alerts: readonly AlertSignal[]): Departure[] {
  const symptoms = departures.filter((one) => one.isSymptom || alerts.some((alert) => isWatched(one, alert)));
  return symptoms.length > 0 ? symptoms : [...departures];
}

/** Whether an alert is about a series: its monitor names it. */
const isWatched = ({ service, series }: Departure, alert: AlertSignal): boolean =>
  service === alert.service && alert.fields.some(([key, value]) => /metric|series/iu.test(key) && value === series);

/** Of several alerts, the first of those before which most departed: a case may hold those of all day. */
export function alertOfIncident(
  alerts: readonly AlertSignal[],
  departures: readonly Departure[],
): AlertSignal | undefined {
  const symptoms = symptomsOf(departures, alerts);
  const weightBefore = ({ time }: AlertSignal): number =>
    symptoms
      .filter((one) => one.time <= time + ALERT_SLACK && one.time >= time - ALERT_DELAY)
      .reduce((sum, { size }) => sum + Math.min(MOST_WEIGHT, size), 0);
  const weights = alerts.map(weightBefore);
  const most = weights.reduce((best, weight) => Math.max(best, weight), 0);
  // Later alerts of the same incident have all of its departures behind them; the first to have most of them is its own.
  return alerts.find((_, at) => (weights[at] ?? 0) >= most / 2);
}

/**
 * The first of those that belong together: before the alert where there is one, else where most departs within
 * {@link AGREE}, or with what the alert is about, followed back while something clear departs within {@link JUST_BEFORE} before.
 */
export function firstOf(
  symptoms: readonly Departure[],
  alert: AlertSignal | undefined,
  windows: Windows | null,
  extent: Extent,
): Departure | null {
  const agree = agreeIn(extent);
  const justBefore = (agree * JUST_BEFORE) / AGREE;
  const earliest = windows === null ? Number.NEGATIVE_INFINITY : Math.min(windows.baseline.to, windows.incident.from);
  const latest = alert === undefined ? Number.POSITIVE_INFINITY : alert.time + ALERT_SLACK;
  const possible = symptoms.filter(({ time }) => time >= earliest && time <= latest);
  const recent = alert === undefined ? [] : possible.filter(({ time }) => time >= alert.time - ALERT_DELAY);
  // An alert that came before everything that we see was early, not wrong.
  const considered = recent.length > 0 ? recent : possible.length > 0 ? possible : symptoms;
  const weights = weightsOf(considered, agree);
  const most = weights.reduce((best, weight, at) => (weight > (weights[best] ?? 0) ? at : best), 0);
  const densest = considered[most];
  if (densest === undefined) return null;
  const watched = alert === undefined ? undefined : considered.find((one) => isWatched(one, alert));
  let first = watched !== undefined && watched.time < densest.time ? watched : densest;
  for (const one of considered.toReversed()) {
    const isJustBefore = one.time <= first.time && first.time - one.time <= justBefore;
    if (isJustBefore && (one.size >= CLEAR || first.time - one.time <= one.step)) first = one;
  }
  return first;
}

/** Of all that departs within `agree` from each on; `departures` are in the order of time. */
function weightsOf(departures: readonly Departure[], agree: number): number[] {
  const weights: number[] = [];
  let weight = 0;
  let end = 0;
  for (const { time, size } of departures) {
    for (let next = departures[end]; next !== undefined && next.time - time <= agree; next = departures[++end])
      weight += Math.min(MOST_WEIGHT, next.size);
    weights.push(weight);
    weight -= Math.min(MOST_WEIGHT, size);
  }
  return weights;
}
