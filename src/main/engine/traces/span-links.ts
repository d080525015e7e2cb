/**
 * Who is whose parent, whatever the spans claim: ids may repeat within a trace and across traces, parents may be missing
 * or form a circle. Everything is flat arrays, for a case may hold millions of spans.
 *
 * Client and server of one call share an id in Zipkin (https://zipkin.io/pages/data_model.html, "shared"): they differ by
 * service, the longer one is the client, the other becomes its child, and so do the children of the server's service.
 */
import { byTrace, type ByTrace } from "./by-trace.ts";
import { NO_PARENT } from "./children.ts";

/** Places as codes: their order in SPAN_PLACES. */
export const Place = { asWritten: 0, parentMissing: 1, circleCut: 2, sharedId: 3 } as const;

/** One element a span. Ids and services are codes that mean the same in every trace; 0 stands for none. */
export interface LinkedColumns {
  readonly trace: Uint32Array;
  readonly spanId: Uint32Array;
  readonly parentId: Uint32Array;
  readonly service: Uint32Array;
  readonly start: Float64Array;
  readonly duration: Float64Array;
}

export interface SpanLinks {
  /** Index of the parent; {@link NO_PARENT} at the root. There are no circles. */
  readonly parent: Uint32Array;
  readonly place: Uint8Array;
  readonly byTrace: ByTrace;
  /** Spans that say just what an earlier one says: dumps that overlap hold them twice. */
  readonly copies: readonly number[];
}

/** `ids` and `traces` are one more than the largest code of each. */
export function linkSpans(columns: LinkedColumns, traces: number, ids: number): SpanLinks {
  const count = columns.trace.length;
  const parent = new Uint32Array(count).fill(NO_PARENT);
  const place = new Uint8Array(count);
  const grouped = byTrace(columns.trace, traces);
  const finder = new Finder(columns, ids);
  const copies: number[] = [];
  for (let trace = 0; trace < traces; trace += 1) {
    const spans = grouped.span.subarray(grouped.from[trace], grouped.from[trace + 1]);
    finder.take(trace + 1, spans);
    copies.push(...finder.copies());
    for (const span of spans) {
      const wanted = columns.parentId[span] ?? 0;
      const client = finder.clientOf(span);
      if (client !== NO_PARENT) {
        parent[span] = client;
        place[span] = Place.sharedId;
      } else if (wanted !== 0) {
        const found = finder.parentOf(span, wanted);
        if (found === NO_PARENT) place[span] = Place.parentMissing;
        else if (found === span) place[span] = Place.circleCut;
        else parent[span] = found;
      }
    }
  }
  cutCircles(parent, place, columns.start);
  return { parent, place, byTrace: grouped, copies };
}

/** Spans of one id, the longest first. */
interface Sharing {
  readonly spans: number[];
  /** First of each service. */
  readonly byService: Map<number, number>;
  client: number;
  /** {@link NO_PARENT} where they are no sides of one call. */
  server: number;
}

const newSharing = (spans: number[]): Sharing => ({
  spans,
  byService: new Map(),
  client: NO_PARENT,
  server: NO_PARENT,
});

/** Finds a span of one trace by its id, in tables that all traces share. */
class Finder {
  readonly #columns: LinkedColumns;
  /** By id: the first span that bears it, and the trace that was meant. */
  readonly #first: Uint32Array;
  readonly #stamp: Uint32Array;
  /** Ids that several spans of the trace bear. */
  readonly #repeated = new Map<number, Sharing>();
  #trace = 0;

  constructor(columns: LinkedColumns, ids: number) {
    this.#columns = columns;
    this.#first = new Uint32Array(ids);
    this.#stamp = new Uint32Array(ids);
  }

  take(trace: number, spans: Uint32Array): void {
    this.#trace = trace;
    this.#repeated.clear();
    const { spanId } = this.#columns;
    for (const span of spans) {
      const id = spanId[span] ?? 0;
      if (id === 0) continue;
      if (this.#stamp[id] !== trace) {
        this.#stamp[id] = trace;
        this.#first[id] = span;
        continue;
      }
      const known = this.#repeated.get(id);
      if (known === undefined) this.#repeated.set(id, newSharing([this.#first[id] ?? span, span]));
      else known.spans.push(span);
    }
    for (const sharing of this.#repeated.values()) this.#tellSides(sharing);
  }

  #tellSides(sharing: Sharing): void {
    const { spans, byService } = sharing;
    // The client waits for its server, and both clocks measure durations right.
    spans.sort((a, b) => this.#durationOf(b) - this.#durationOf(a) || a - b);
    sharing.client = spans[0] ?? NO_PARENT;
    for (const span of spans) {
      const service = this.#columns.service[span] ?? 0;
      if (!byService.has(service)) byService.set(service, span);
      if (sharing.server === NO_PARENT && this.#areSidesOfOneCall(sharing.client, span)) sharing.server = span;
    }
  }

  /** Of the same id, service, start and duration as one before. */
  copies(): number[] {
    const { service, start, duration } = this.#columns;
    return [...this.#repeated.values()].flatMap(({ spans }) => {
      const seen = new Set<string>();
      return spans.filter((span) => {
        const said = `${service[span]} ${start[span]} ${duration[span]}`;
        const isCopy = seen.has(said);
        seen.add(said);
        return isCopy;
      });
    });
  }

  /** The other half of a call whose two sides share an id; none for the client itself. */
  clientOf(span: number): number {
    if (this.#repeated.size === 0) return NO_PARENT;
    const client = this.#repeated.get(this.#columns.spanId[span] ?? 0)?.client ?? NO_PARENT;
    return client === NO_PARENT || !this.#areSidesOfOneCall(client, span) ? NO_PARENT : client;
  }

  parentOf(span: number, id: number): number {
    if (this.#stamp[id] !== this.#trace) return NO_PARENT;
    const sharing = this.#repeated.get(id);
    const first = this.#first[id] ?? NO_PARENT;
    const { service, spanId } = this.#columns;
    if (sharing === undefined || spanId[span] === id || sharing.server === NO_PARENT) return first;
    return sharing.byService.get(service[span] ?? 0) ?? sharing.server;
  }

  #areSidesOfOneCall(client: number, span: number): boolean {
    const { service } = this.#columns;
    return client !== span && service[client] !== service[span] && service[client] !== 0 && service[span] !== 0;
  }

  #durationOf(span: number): number {
    return this.#columns.duration[span] ?? 0;
  }
}

/** Each circle of parents loses the link above its earliest span. */
function cutCircles(parent: Uint32Array, place: Uint8Array, start: Float64Array): void {
  /** 0: not yet walked; otherwise the walk that came by. */
  const walkOf = new Uint32Array(parent.length);
  for (let from = 0; from < parent.length; from += 1) {
    const walk = from + 1;
    let at = from;
    while (at !== NO_PARENT && walkOf[at] === 0) {
      walkOf[at] = walk;
      at = parent[at] ?? NO_PARENT;
    }
    if (at === NO_PARENT || walkOf[at] !== walk) continue;
    let earliest = at;
    for (let on = parent[at] ?? NO_PARENT; on !== at && on !== NO_PARENT; on = parent[on] ?? NO_PARENT) {
      if ((start[on] ?? 0) < (start[earliest] ?? 0)) earliest = on;
    }
    parent[earliest] = NO_PARENT;
    place[earliest] = Place.circleCut;
  }
}
