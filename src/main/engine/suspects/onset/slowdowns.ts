/**
 * When requests began to take longer, by service: a series of durations made of spans, where nobody measured one. A
 * request counts in relation to the median of its own operation, so that another mix of requests is no change.
 */
import { median } from "../../series/statistics.ts";
import type { SpanSignals, Windows } from "../signals.ts";
import { shiftOf, type Departure } from "./departure.ts";

/** Requests that make one sample: their median bears two wild ones. */
const LEAST_A_SAMPLE = 5;
/** More samples make nothing clearer. */
const MOST_SAMPLES = 240;
const NONE = 0xffffffff;
const MICROSECOND = 1;

/** Cost O(n log n) in the spans. */
export function slowdownsOf(spans: SpanSignals, windows: Windows | null): Departure[] {
  /** By service: the first span of each of its requests, in the order of time. */
  const services = new Map<number, number[]>();
  const operations = new Map<string, number[]>();
  for (let row = 0; row < spans.count; row++) {
    const service = spans.service[row] ?? NONE;
    const above = spans.parent[row] ?? NONE;
    if (service === NONE || (above !== NONE && spans.service[above] === service)) continue;
    const known = services.get(service);
    if (known === undefined) services.set(service, [row]);
    else known.push(row);
    const key = operationOf(spans, row);
    const durations = operations.get(key);
    if (durations === undefined) operations.set(key, [logOf(spans, row)]);
    else durations.push(logOf(spans, row));
  }
  const usual = new Map([...operations].map(([key, durations]) => [key, median(durations)]));
  return [...services].flatMap(([service, rows]) => {
    const size = Math.max(LEAST_A_SAMPLE, Math.ceil(rows.length / MOST_SAMPLES));
    const count = Math.floor(rows.length / size);
    const parts = Array.from({ length: count }, (_, part) => rows.slice(part * size, (part + 1) * size));
    const times = Float64Array.from(parts, ([first = 0]) => spans.start[first] ?? 0);
    const values = Float64Array.from(parts, (part) =>
      Math.exp(median(part.map((row) => logOf(spans, row) - (usual.get(operationOf(spans, row)) ?? 0)))),
    );
    const shift = shiftOf(times, values, windows);
    if (shift === null || shift.after <= shift.before) return [];
    return [
      {
        ...shift,
        service: spans.services[service] ?? null,
        of: "spans" as const,
        series: "duration of requests",
        family: "latency" as const,
        isSymptom: true,
        place: spans.place(rows.find((row) => (spans.start[row] ?? 0) >= shift.time) ?? 0),
      },
    ];
  });
}

const operationOf = ({ service, operation }: SpanSignals, row: number): string => `${service[row]} ${operation[row]}`;
const logOf = ({ duration }: SpanSignals, row: number): number => Math.log((duration[row] ?? 0) + MICROSECOND);
