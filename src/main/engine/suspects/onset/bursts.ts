/** Errors that became more frequent: in the logs of each service, and among its spans. */
import { inOrder } from "../../series/in-order.ts";
import type { Times, TimeSequence } from "../../series/time-list.ts";
import { Level } from "../../../../shared/model/level.ts";
import type { LogSignal, Place, Signals, SpanSignals, TimeRange, Windows } from "../signals.ts";
import { burstOf, type Departure } from "./departure.ts";

export function burstsOf({ logs, spans }: Signals, windows: Windows | null): Departure[] {
  return [
    ...logErrors(logs, watched(windows, logExtent(logs))),
    ...failedSpans(spans, watched(windows, spanExtent(spans))),
  ];
}

/** When somebody looked: people export more of one signal than of another, and only around what they compare. */
function watched(windows: Windows | null, extent: TimeRange | null): readonly TimeRange[] {
  if (extent === null) return [];
  return windows === null ? [extent] : [windows.baseline, windows.incident];
}

function logExtent(logs: readonly LogSignal[]): TimeRange | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { times } of logs) {
    from = Math.min(from, times.at(0) ?? from);
    to = Math.max(to, times.at(-1) ?? to);
  }
  return from < to ? ({ from, to: to + 1 } as TimeRange) : null;
}

function spanExtent({ start, count }: SpanSignals): TimeRange | null {
  const from = start[0];
  const to = start[count - 1];
  return from !== undefined && to !== undefined && from < to ? ({ from, to: to + 1 } as TimeRange) : null;
}

function logErrors(logs: readonly LogSignal[], ranges: readonly TimeRange[]): Departure[] {
  const byService = new Map<string | null, { times: Times[]; place: Place; first: number }>();
  for (const { service, level, times, place } of logs) {
    if (level < Level.warn) continue;
    const known = byService.get(service);
    const first = times.at(0) ?? Number.POSITIVE_INFINITY;
    if (known === undefined) byService.set(service, { times: [times], place, first });
    else {
      known.times.push(times);
      if (first < known.first) Object.assign(known, { place, first });
    }
  }
  return [...byService].flatMap(([service, { times, place }]) =>
    burst(inOrder(times), ranges, { service, of: "logs", series: "warnings and errors in logs", place }),
  );
}

function failedSpans(spans: SpanSignals, ranges: readonly TimeRange[]): Departure[] {
  const byService = new Map<string, { times: number[]; row: number }>();
  for (let row = 0; row < spans.count; row++) {
    if (spans.failed[row] !== 1) continue;
    const service = spans.services[spans.service[row] ?? -1];
    if (service === undefined) continue;
    const known = byService.get(service);
    if (known === undefined) byService.set(service, { times: [spans.start[row] ?? 0], row });
    else known.times.push(spans.start[row] ?? 0);
  }
  return [...byService].flatMap(([service, { times, row }]) =>
    burst(Float64Array.from(times), ranges, { service, of: "spans", series: "failed spans", place: spans.place(row) }),
  );
}

function burst(
  times: TimeSequence,
  ranges: readonly TimeRange[],
  what: Pick<Departure, "service" | "of" | "series" | "place">,
): Departure[] {
  const shift = burstOf(times, ranges);
  return shift === null ? [] : [{ ...shift, ...what, family: "errors", isSymptom: true }];
}
