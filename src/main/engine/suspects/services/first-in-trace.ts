/** In each trace of the incident, which services are unusual, and which of them was so first. */
import type { SpanSignals } from "../signals.ts";
import type { Comparison } from "./visit-shares.ts";
import type { VisitItems } from "./visit-items.ts";
import { NONE, type Visits } from "./visits.ts";

interface Firsts {
  /** By number of the service: traces in which it is unusual, and in which nothing was so before. */
  readonly services: ReadonlyMap<number, { readonly unusual: number; readonly first: number }>;
  /** By code of the change ({@link Comparison}): when it was first seen, and in which span. */
  readonly places: ReadonlyMap<number, { readonly time: number; readonly row: number }>;
}

/**
 * `unusual`: nats by code of the change, negative for what is missing. What is missing is noticed when the visit ends:
 * until then it could have come.
 */
export function firstInTraces(
  spans: SpanSignals,
  visits: Visits,
  happened: VisitItems,
  { contextOf, stretchOf, stretches, codeOf }: Comparison,
  unusual: ReadonlyMap<number, number>,
): Firsts {
  const width = happened.items.length + 1;
  const traces = new Map<number, Map<number, number>>();
  const places = new Map<number, { time: number; row: number }>();
  const held = new Set<number>();
  const meet = (visit: number, code: number, time: number): void => {
    const service = spans.service[visits.entry[visit] ?? 0] ?? NONE;
    const root = visits.root[visit] ?? 0;
    let services = traces.get(root);
    if (services === undefined) traces.set(root, (services = new Map()));
    services.set(service, Math.min(services.get(service) ?? Infinity, time));
    const known = places.get(code);
    if (known === undefined || time < known.time) places.set(code, { time, row: visits.entry[visit] ?? 0 });
  };
  const { occurrences } = happened;
  for (let at = 0; at < occurrences.count; at++) {
    const visit = occurrences.visit[at] ?? 0;
    const item = occurrences.item[at] ?? 0;
    if (stretchOf[visit] !== stretches) continue;
    const code = codeOf(contextOf[visit] ?? 0, item);
    const change = unusual.get(code);
    if (change === undefined) continue;
    if (change > 0) meet(visit, code, occurrences.time[at] ?? 0);
    else held.add(visit * width + item + 1);
  }
  const missing = new Map<number, number[]>();
  for (const [code, nats] of unusual) {
    if (nats >= 0) continue;
    const context = Math.floor(code / width);
    missing.set(context, [...(missing.get(context) ?? []), code]);
  }
  for (let visit = 0; visit < visits.count; visit++) {
    if (stretchOf[visit] !== stretches) continue;
    const context = contextOf[visit] ?? 0;
    const failedAt = happened.failedAt[visit] ?? Number.NaN;
    if (!Number.isNaN(failedAt)) {
      if (unusual.has(codeOf(context, null)) && happened.failedBelow[visit] === 0)
        meet(visit, codeOf(context, null), failedAt);
      continue;
    }
    for (const code of missing.get(context) ?? [])
      if (!held.has(visit * width + (code % width))) meet(visit, code, happened.end[visit] ?? 0);
  }
  const services = new Map<number, { unusual: number; first: number }>();
  for (const times of traces.values()) {
    const earliest = Math.min(...times.values());
    for (const [service, time] of times) {
      const counts = services.get(service) ?? { unusual: 0, first: 0 };
      counts.unusual++;
      if (time === earliest) counts.first++;
      services.set(service, counts);
    }
  }
  return { services, places };
}
