/** Everything of the case that left its normal: series of metrics, errors in logs, spans that failed. */
import { Level } from "../../../../shared/model/level.ts";
import type { Place, Signals, Windows } from "../signals.ts";
import { burstOf, shiftOf, type Shift } from "./departure.ts";
import { familyOf, isWorse, type SignalFamily } from "./signal-family.ts";

export interface Departure extends Shift {
  readonly service: string | null;
  readonly of: "metric" | "logs" | "spans";
  /** Name of the metric, or what is counted: "errors in logs". */
  readonly series: string;
  readonly family: SignalFamily;
  /** Whether somebody suffers by it: more errors, longer waits. */
  readonly isSymptom: boolean;
  readonly place: Place;
}

export interface Extent {
  readonly from: number;
  readonly to: number;
}

/** In the order of time. `extent` is where the telemetry lies. */
export function departuresOf(
  signals: Signals,
  windows: Windows | null,
  extent: Extent,
  checkpoint: () => void,
): Departure[] {
  const found: Departure[] = [];
  for (const metric of signals.metrics) {
    checkpoint();
    const shift = shiftOf(metric.times, metric.values, windows);
    if (shift === null) continue;
    const family = familyOf(metric.name);
    const isSymptom = (family === "errors" || family === "latency") && isWorse(metric.name, shift);
    found.push({
      ...shift,
      service: metric.service,
      of: "metric",
      series: metric.name,
      family,
      isSymptom,
      place: metric.place,
    });
  }
  found.push(...logErrors(signals, extent), ...failedSpans(signals, extent));
  return found.sort((a, b) => a.time - b.time || b.size - a.size);
}

/** Where telemetry lies: changes may be older by days. */
export function extentOf({ metrics, logs, spans }: Signals): Extent | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { times } of [...metrics, ...logs]) {
    from = Math.min(from, times[0] ?? from);
    to = Math.max(to, times.at(-1) ?? to);
  }
  from = Math.min(from, spans.start[0] ?? from);
  to = Math.max(to, spans.start[spans.count - 1] ?? to);
  return from < to ? { from, to } : null;
}

function logErrors({ logs }: Signals, { from, to }: Extent): Departure[] {
  const byService = new Map<string | null, { times: Float64Array[]; place: Place; first: number }>();
  for (const { service, level, times, place } of logs) {
    if (level < Level.warn) continue;
    const known = byService.get(service);
    const first = times[0] ?? Number.POSITIVE_INFINITY;
    if (known === undefined) byService.set(service, { times: [times], place, first });
    else {
      known.times.push(times);
      if (first < known.first) Object.assign(known, { place, first });
    }
  }
  return [...byService].flatMap(([service, { times, place }]) => {
    const shift = burstOf(merged(times), from, to);
    return shift === null
      ? []
      : [
          {
            ...shift,
            service,
            of: "logs" as const,
            series: "warnings and errors in logs",
            family: "errors" as const,
            isSymptom: true,
            place,
          },
        ];
  });
}

function failedSpans({ spans }: Signals, { from, to }: Extent): Departure[] {
  const byService = new Map<string, { times: number[]; row: number }>();
  for (let row = 0; row < spans.count; row++) {
    if (spans.failed[row] !== 1) continue;
    const service = spans.services[spans.service[row] ?? -1];
    if (service === undefined) continue;
    const known = byService.get(service);
    if (known === undefined) byService.set(service, { times: [spans.start[row] ?? 0], row });
    else known.times.push(spans.start[row] ?? 0);
  }
  return [...byService].flatMap(([service, { times, row }]) => {
    const shift = burstOf(Float64Array.from(times), from, to);
    return shift === null
      ? []
      : [
          {
            ...shift,
            service,
            of: "spans" as const,
            series: "failed spans",
            family: "errors" as const,
            isSymptom: true,
            place: spans.place(row),
          },
        ];
  });
}

function merged(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}
