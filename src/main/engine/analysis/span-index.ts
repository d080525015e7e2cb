/** Finds a span by the ids that other records name: its trace and itself, or its trace, its service and a moment. */
import { entriesOf, singleTextAt, type DictionaryColumn, type SegmentColumns } from "../../../shared/model/segment.ts";

export const NO_SPAN = 0xffffffff;

interface Trace {
  readonly bySpanId: Map<string, number>;
  /** In the order of start. */
  readonly rows: number[];
}

/** What is asked of a row: start and duration in microseconds. */
export interface SpanLookup {
  readonly start: (row: number) => number;
  readonly duration: (row: number) => number;
  readonly service: (row: number) => string | undefined;
}

/** The span that a record names, or else the last one of its service that runs at its time, in its trace. */
export type SpanFinder = (row: number, service: string | null, time: number) => number;

/** Rows are added in the order of their start. Ids of spans are unique within a trace and nowhere else. */
export class SpanIndex {
  readonly #traces = new Map<string, Trace>();
  readonly #spans: SpanLookup;

  constructor(spans: SpanLookup) {
    this.#spans = spans;
  }

  /** Of two spans with the same id, the first is found. */
  add(row: number, traceId: string | null, spanId: string | null): void {
    if (traceId === null) return;
    let trace = this.#traces.get(traceId);
    if (trace === undefined) this.#traces.set(traceId, (trace = { bySpanId: new Map(), rows: [] }));
    trace.rows.push(row);
    if (spanId !== null && !trace.bySpanId.has(spanId)) trace.bySpanId.set(spanId, row);
  }

  byId(traceId: string | null, spanId: string | null): number {
    if (traceId === null || spanId === null) return NO_SPAN;
    return this.#traces.get(traceId)?.bySpanId.get(spanId) ?? NO_SPAN;
  }

  /** Finds the spans of the records of one segment: each of its traces is looked up once. */
  finderFor(columns: Pick<SegmentColumns, "traceId" | "spanId">): SpanFinder {
    if (this.#traces.size === 0) return () => NO_SPAN;
    const { traceId } = columns;
    if (traceId === null) return () => NO_SPAN;
    const traces: (Trace | null | undefined)[] = Array.from({ length: entriesOf(traceId) + 1 });
    traces[0] = null;
    // Read with the first trace that has spans: of many segments no trace has.
    let spanId: DictionaryColumn | null | undefined;
    return (row, service, time) => {
      const code = traceId.index[row] ?? 0;
      let trace = traces[code];
      if (trace === undefined) trace = traces[code] = this.#traces.get(singleTextAt(traceId, row) ?? "") ?? null;
      if (trace === null) return NO_SPAN;
      if (spanId === undefined) ({ spanId } = columns);
      return this.#find(trace, singleTextAt(spanId, row), service, time);
    };
  }

  #find({ bySpanId, rows }: Trace, spanId: string | null, service: string | null, time: number): number {
    const named = spanId === null ? undefined : bySpanId.get(spanId);
    if (named !== undefined) return named;
    if (service === null) return NO_SPAN;
    const running = rows.findLast((row) => {
      const start = this.#spans.start(row);
      return start <= time && time <= start + this.#spans.duration(row) && this.#spans.service(row) === service;
    });
    return running ?? NO_SPAN;
  }
}
