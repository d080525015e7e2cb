/**
 * Who calls whom. A call enters a service where a span's parent belongs to another service, or where a trace begins; what
 * it took and whether it failed is what the entered span says. Spans that name no service belong to the one that they
 * were called in.
 */
import { NO_PARENT } from "./children.ts";
import { groupedValues, type Grouped } from "./grouped.ts";
import { figuresOf, type Figures } from "./operations.ts";
import { NONE, type SpanColumns } from "./span-columns.ts";

export interface ServiceFigures extends Figures {
  /** Index into the services of the spans. */
  readonly service: number;
  /** Of the self time of all spans that were looked at, 0–1. */
  readonly selfShare: number;
}

export interface CallFigures extends Figures {
  readonly from: number;
  readonly to: number;
}

export interface ServiceGraph {
  /** A service that only ever calls has a count of 0. */
  readonly services: readonly ServiceFigures[];
  readonly calls: readonly CallFigures[];
}

/** `mask` is 1 for the spans that count; all do without it. */
export function serviceGraph(spans: SpanColumns, mask: Uint8Array | null): ServiceGraph {
  const owner = owners(spans);
  const entered = new Uint32Array(spans.count).fill(NONE);
  const called = new Uint32Array(spans.count).fill(NONE);
  const edges = new Edges();
  const self = new Float64Array(spans.services.length);
  const seen = new Uint8Array(spans.services.length);
  let total = 0;
  for (let span = 0; span < spans.count; span += 1) {
    if (spans.operation[span] === NONE || (mask !== null && mask[span] !== 1)) continue;
    const to = owner[span] ?? 0;
    const parent = spans.parent[span] ?? NO_PARENT;
    const from = parent === NO_PARENT ? NONE : (owner[parent] ?? NONE);
    total += spans.self[span] ?? 0;
    self[to] = (self[to] ?? 0) + (spans.self[span] ?? 0);
    if (spans.services[to] === null) continue;
    seen[to] = 1;
    if (from === to) continue;
    entered[span] = to;
    if (from === NONE || spans.services[from] === null) continue;
    seen[from] = 1;
    called[span] = edges.codeOf(from, to);
  }
  const byService = figuresBy(spans, entered, spans.services.length);
  const byEdge = figuresBy(spans, called, edges.ends.length);
  const figuresOfService = (service: number): ServiceFigures => ({
    service,
    ...byService(service),
    selfShare: total > 0 ? (self[service] ?? 0) / total : 0,
  });
  const figuresOfCall = ([from, to]: readonly [number, number], edge: number): CallFigures => ({
    from,
    to,
    ...byEdge(edge),
  });
  return {
    services: [...seen.keys()].filter((service) => seen[service] === 1).map(figuresOfService),
    calls: edges.ends.map(figuresOfCall),
  };
}

/** The service of every span, or of the nearest span above it that names one. */
function owners({ service, services, parent, byTrace, children, count }: SpanColumns): Uint32Array {
  const owner = service.slice();
  if (!services.includes(null)) return owner;
  const pending: number[] = [];
  for (const span of byTrace.span) if (parent[span] === NO_PARENT) pending.push(span);
  for (let span = pending.pop(); span !== undefined; span = pending.pop()) {
    const above = parent[span] ?? NO_PARENT;
    if (above < count && services[owner[span] ?? 0] === null) owner[span] = owner[above] ?? 0;
    for (let at = children.from[span] ?? 0; at < (children.from[span + 1] ?? 0); at += 1)
      pending.push(children.child[at] ?? 0);
  }
  return owner;
}

/** Numbers for pairs of services, in the order in which they are met. */
class Edges {
  readonly ends: (readonly [from: number, to: number])[] = [];
  readonly #codes = new Map<number, number>();

  codeOf(from: number, to: number): number {
    // There are fewer than 2^21 services: the index counts them in 32 bits, memory in far less.
    const key = from * 2 ** 21 + to;
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    this.#codes.set(key, this.ends.length);
    return this.ends.push([from, to]) - 1;
  }
}

function figuresBy(spans: SpanColumns, group: Uint32Array, groups: number): (code: number) => Figures {
  const durations: Grouped = groupedValues(group, spans.duration, groups);
  const errors = new Float64Array(groups);
  for (let span = 0; span < spans.count; span += 1) {
    const code = group[span] ?? NONE;
    if (code < groups) errors[code] = (errors[code] ?? 0) + (spans.failed[span] ?? 0);
  }
  return (code) => figuresOf(durations.unordered(code), errors[code] ?? 0);
}
