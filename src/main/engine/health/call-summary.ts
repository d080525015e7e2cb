/** Calls of one or several series over a window, and minute by minute for a chart. */
import type { CallSummary, ConnectorTarget } from "../../../shared/contract/connectors.ts";
import { type SeriesSnapshot, type StatisticsWindow, WINDOWS_MS } from "../resilience/call-series.ts";
import { Tally } from "../resilience/tally.ts";

const MINUTE_MS = 60_000;
const CHART_MINUTES = 60;

export function summaryOver(series: readonly SeriesSnapshot[], window: StatisticsWindow): CallSummary {
  const sum = new Tally();
  for (const { all, slots } of series) {
    if (window === "all") sum.merge(Tally.of(all));
    else for (const slot of slots) if (slot.ageMs < WINDOWS_MS[window]) sum.merge(Tally.of(slot.tally));
  }
  return sum.summary();
}

export const summariesOf = (
  series: readonly SeriesSnapshot[],
): Pick<ConnectorTarget, "last5Minutes" | "lastHour" | "ever" | "minutes"> => ({
  last5Minutes: summaryOver(series, "5m"),
  lastHour: summaryOver(series, "1h"),
  ever: summaryOver(series, "all"),
  minutes: minutesOf(series),
});

function minutesOf(series: readonly SeriesSnapshot[]): ConnectorTarget["minutes"] {
  const minutes = new Map<number, Tally>();
  for (const { ageMs, tally } of series.flatMap(({ slots }) => slots)) {
    const minutesAgo = Math.floor(ageMs / MINUTE_MS);
    if (minutesAgo >= CHART_MINUTES) continue;
    const sum = minutes.get(minutesAgo) ?? new Tally();
    sum.merge(Tally.of(tally));
    minutes.set(minutesAgo, sum);
  }
  return [...minutes]
    .sort(([a], [b]) => b - a)
    .map(([minutesAgo, tally]) => {
      const { calls, errors, p50Ms, p95Ms } = tally.summary();
      const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
      return { minutesAgo, calls, errors: failed, p50Ms, p95Ms };
    });
}
