/** Finds a span by the ids that other records name: its trace and itself, or its trace, its service and a moment. */

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

  /** The span that a record names, or else the last one of its service that runs at its time, in its trace. */
  find(traceId: string | null, spanId: string | null, service: string | null, time: number): number {
    const named = this.byId(traceId, spanId);
    if (named !== NO_SPAN || traceId === null || service === null) return named;
    const rows = this.#traces.get(traceId)?.rows ?? [];
    const running = rows.findLast((row) => {
      const start = this.#spans.start(row);
      return start <= time && time <= start + this.#spans.duration(row) && this.#spans.service(row) === service;
    });
    return running ?? NO_SPAN;
  }
}
