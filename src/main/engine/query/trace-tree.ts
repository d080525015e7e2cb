// One trace as the room of traces takes it: codes for ids and services, times in whole nanoseconds after its first span.
import { codesOf, spanCount, type TraceColumns } from "../../../shared/model/trace-columns.ts";
import { linkSpans, type SpanLinks } from "../traces/span-links.ts";

/** A trace before its spans are put under their parents. */
export type UnlinkedColumns = Omit<TraceColumns, "parent" | "place" | "self">;

export interface TraceTree extends SpanLinks {
  /** Nanoseconds after the first span: whole, and exact for a trace of up to 104 days (2^53 ns). */
  readonly start: Float64Array;
  readonly duration: Float64Array;
}

export function treeOf(columns: UnlinkedColumns): TraceTree {
  const { spanId, parentId, service, nanos, ids } = columns;
  const count = spanCount(columns);
  const epoch = columns.start[0] ?? 0;
  const base = nanos[0] ?? 0;
  const start = new Float64Array(count);
  const duration = new Float64Array(count);
  for (let span = 0; span < count; span += 1) {
    start[span] = ((columns.start[span] ?? 0) - epoch) * 1_000 + (nanos[span] ?? 0) - base;
    duration[span] = Math.round((columns.duration[span] ?? 0) * 1_000);
  }
  const linked = { trace: new Uint32Array(count), spanId, parentId, service, start, duration };
  return { ...linkSpans(linked, 1, codesOf(ids)), start, duration };
}
