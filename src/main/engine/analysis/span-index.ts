/** Finds a span by the ids that other records name: its trace and itself, or its trace, its service and a moment. */
import {
  entriesOf,
  singleTextAt,
  tailHash,
  type DictionaryColumn,
  type SegmentColumns,
} from "../../../shared/model/segment.ts";

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
  /** Made when records are first looked up, and of no use once there are more traces. */
  #hashes: HashFilter | null = null;

  constructor(spans: SpanLookup) {
    this.#spans = spans;
  }

  /** Of two spans with the same id, the first is found. */
  add(row: number, traceId: string | null, spanId: string | null): void {
    if (traceId === null) return;
    let trace = this.#traces.get(traceId);
    if (trace === undefined) {
      this.#traces.set(traceId, (trace = { bySpanId: new Map(), rows: [] }));
      this.#hashes = null;
    }
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
    // Of a million requests a few thousand are traced: to make texts of the ids of all others takes longer than all else.
    const hashes = (this.#hashes ??= new HashFilter(this.#traces.keys(), this.#traces.size));
    const { packed } = traceId;
    const traceOf = (row: number, code: number): Trace | null => {
      const mayBeThere = packed === undefined || hashes.mayHold(packed.tailHash(code - 1));
      return mayBeThere ? (this.#traces.get(singleTextAt(traceId, row) ?? "") ?? null) : null;
    };
    // Read with the first trace that has spans: of many segments no trace has.
    let spanId: DictionaryColumn | null | undefined;
    return (row, service, time) => {
      const code = traceId.index[row] ?? 0;
      let trace = traces[code];
      if (trace === undefined) trace = traces[code] = traceOf(row, code);
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

/** Bits a text: one in so many texts that are not there passes. */
const BITS_A_TEXT = 16;

/** A set of texts by one bit of their hashes each: what it does not hold is not there, what it holds mostly is. */
class HashFilter {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  constructor(texts: Iterable<string>, count: number) {
    const bits = 2 ** Math.ceil(Math.log2(Math.max(32, count * BITS_A_TEXT)));
    this.#bits = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
    for (const text of texts) {
      const at = tailHash(text) & this.#mask;
      this.#bits[at >>> 5] = (this.#bits[at >>> 5] ?? 0) | (1 << (at & 31));
    }
  }

  mayHold(hash: number): boolean {
    const at = hash & this.#mask;
    return ((this.#bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }
}
