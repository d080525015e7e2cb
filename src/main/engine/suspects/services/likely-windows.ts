/**
 * Windows for a ranking where no onset was found: a service is ranked by what changed, and so by the moment at which
 * most changed. Says nothing of whether anything is wrong.
 */
import type { Times } from "../../series/time-list.ts";
import { micros, type Micros, MICROS_PER_MINUTE } from "../../../../shared/units.ts";
import { changePoint } from "../../series/change-point.ts";
import type { MetricSignal, Signals, Windows } from "../signals.ts";
import { isOwn, kindOf } from "./resource-kind.ts";

/** People are alerted some time after it began. */
const BEFORE_ALERT = 15 * MICROS_PER_MINUTE;
/** Of a long series, the last samples are enough. */
const MOST_SAMPLES = 2_000;
/** In one of a hundred series without change, the statistic of a change point is beyond this. */
const CERTAIN = 1.63;
/** One series says so much at most: a steady one knows no measure. */
const MOST_VOTE = 5;
/** A gap of this share of all time parts what was kept. */
const PART = 0.2;
/** Changes so near to each other are one: a share of the time that is looked at. */
const TOGETHER = 0.02;

/**
 * From before the first alert on; or the last part of what logs and traces were kept of, where they were kept in parts;
 * or from where the levels of most series change. Null for a case without time.
 */
export function likelyWindows(signals: Signals): Windows | null {
  const { metrics, logs, spans } = signals;
  const traced = extentOf([spans.start, ...logs.map(({ times }) => times)]);
  const extent = traced ?? extentOf(metrics.map(({ times }) => times));
  if (extent === null) return null;
  const { from, to } = extent;
  const alert = signals.alerts.reduce((first, { time }) => Math.min(first, time), Infinity);
  const start =
    alert > from && alert < to
      ? Math.max(from, alert - BEFORE_ALERT)
      : (lastPart(signals) ?? mostChanges(metrics, from, to) ?? (from + to) / 2);
  return { baseline: { from, to: micros(start) }, incident: { from: micros(start), to: micros(to + 1) } };
}

/**
 * What to rank by where an onset was found: its windows, or the likely ones where it lies after all of what logs and
 * traces were kept of, or so long before that something else must have left its normal.
 */
export function rankingWindows(signals: Signals, found: Windows): Windows {
  const likely = likelyWindows(signals);
  if (likely === null) return found;
  const { from, to } = likely.incident;
  const earliest = from - Math.max(to - from, BEFORE_ALERT) * LONG_BEFORE;
  return found.incident.from < earliest || found.incident.from >= to ? likely : found;
}
/** Times as long as it lasted, or as an alert takes. */
const LONG_BEFORE = 2;

/** All time is cut into so many slots that no such gap fits into one: it lies between the last time of one and the first of another. */
const SLOTS = 16;

/** Start of the last part of the spans and logs, null where there is one part. Linear, and nothing is sorted. */
export function lastPart({ spans, logs }: Pick<Signals, "spans" | "logs">): number | null {
  const all: readonly Times[] = [spans.start, ...logs.map(({ times }) => times)];
  const extent = extentOf(all);
  if (extent === null) return null;
  const length = extent.to - extent.from;
  const first = new Float64Array(SLOTS).fill(Infinity);
  const last = new Float64Array(SLOTS).fill(-Infinity);
  for (const times of all) {
    times.forEach((time) => {
      const slot = Math.min(SLOTS - 1, Math.floor(((time - extent.from) / length) * SLOTS));
      if (time < (first[slot] ?? 0)) first[slot] = time;
      if (time > (last[slot] ?? 0)) last[slot] = time;
    });
  }
  let next: number = extent.to;
  for (let slot = SLOTS - 1; slot >= 0; slot--) {
    const end = last[slot] ?? -Infinity;
    if (end === -Infinity) continue;
    if (next - end > length * PART) return next;
    next = first[slot] ?? next;
  }
  return null;
}

function extentOf(all: readonly Times[]): { readonly from: Micros; readonly to: Micros } | null {
  let from = Infinity;
  let to = -Infinity;
  for (const times of all) {
    from = Math.min(from, times.at(0) ?? Infinity);
    to = Math.max(to, times.at(-1) ?? -Infinity);
  }
  return from < to ? { from: micros(from), to: micros(to) } : null;
}

/** The change around which the others weigh most; null where no level changes. */
function mostChanges(metrics: readonly MetricSignal[], from: number, to: number): number | null {
  const votes = metrics.flatMap((metric) => voteOf(metric, from, to));
  let best: number | null = null;
  let most = 0;
  for (const { time } of votes) {
    const near = votes.filter((other) => Math.abs(other.time - time) <= (to - from) * TOGETHER);
    const weight = near.reduce((sum, other) => sum + other.weight, 0);
    if (weight > most || (weight === most && best !== null && time < best)) [best, most] = [time, weight];
  }
  return best;
}

interface Vote {
  readonly time: number;
  readonly weight: number;
}

function voteOf({ name, times, values }: MetricSignal, from: number, to: number): Vote[] {
  const kind = kindOf(name);
  if (!isOwn(kind) && kind !== "latency" && kind !== "errors") return [];
  const known: number[] = [];
  const at: number[] = [];
  for (let index = Math.max(0, values.length - MOST_SAMPLES); index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    const time = times[index] ?? 0;
    if (!Number.isFinite(value) || time < from || time > to) continue;
    known.push(value);
    at.push(time);
  }
  const change = changePoint(known);
  if (change === null || change.statistic < CERTAIN) return [];
  return [{ time: at[change.index] ?? 0, weight: Math.min(Math.log1p(change.size), MOST_VOTE) }];
}
