// The spans of one trace, wherever they stand: several services write several files, each with its part of it.
import { kindCode } from "../../../shared/model/record.ts";
import { Level } from "../../../shared/model/level.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { Span } from "../../../shared/model/trace.ts";
import { durationMicros, micros } from "../../../shared/units.ts";
import { NO_PARENT } from "../traces/children.ts";
import { selfTimes } from "../traces/self-time.ts";
import { placeName } from "../traces/span-links.ts";
import type { QueryContext } from "./query-context.ts";
import type { IndexedSegment, RecordIndex } from "./record-index.ts";
import { recordRef } from "./record-ref.ts";
import { treeOf } from "./trace-tree.ts";

const SPAN = kindCode("span");
const NANOS_PER_MICRO = 1_000;
type FoundSpan = Omit<Span, "parent" | "place" | "self">;

export interface TraceSpans {
  /** In the order of their start. */
  readonly spans: readonly Span[];
  /** Spans that cannot be drawn; the list of records has them. */
  readonly withoutTime: number;
  /** Spans that stood in the case more than once; they are left out. */
  readonly copies: number;
}

/** The last trace that was asked for: its page asks several questions about it. */
const kept = new WeakMap<
  RecordIndex,
  { readonly version: number; readonly traceId: string; readonly found: TraceSpans }
>();

export function spansOf(context: QueryContext, traceId: string, checkpoint: () => void): TraceSpans {
  const { index } = context;
  const known = kept.get(index);
  if (known?.version === index.version && known.traceId === traceId) return known.found;
  const found = readSpans(context, traceId, checkpoint);
  kept.set(index, { version: index.version, traceId, found });
  return found;
}

function readSpans(context: QueryContext, traceId: string, checkpoint: () => void): TraceSpans {
  const found: FoundSpan[] = [];
  let withoutTime = 0;
  for (const segment of context.index.segments) {
    if ((segment.kinds & (1 << SPAN)) === 0) continue;
    checkpoint();
    withoutTime += readSegment(context, segment, traceId, found);
  }
  found.sort((a, b) => a.start - b.start || a.nanos - b.nanos || b.duration - a.duration);
  const { copies } = treeOf(found);
  const twice = new Set(copies);
  const once = copies.length === 0 ? found : found.filter((_, at) => !twice.has(at));
  return { spans: placed(once), withoutTime, copies: copies.length };
}

/** How many of the trace's spans have no time. */
function readSegment(
  { index, columns }: QueryContext,
  segment: IndexedSegment,
  traceId: string,
  found: FoundSpan[],
): number {
  const ids = columns.get(segment.id, "traceId");
  const code = (ids?.dictionary.indexOf(traceId) ?? -1) + 1;
  if (ids === null || code === 0) return 0;
  const spanIds = columns.get(segment.id, "spanId");
  const parentIds = columns.get(segment.id, "parentId");
  const names = columns.get(segment.id, "name");
  const nanos = columns.get(segment.id, "nanos");
  const digits = columns.get(segment.id, "digits");
  const durations = columns.get(segment.id, "duration");
  let withoutTime = 0;
  for (let row = ids.index.indexOf(code); row !== -1; row = ids.index.indexOf(code, row + 1)) {
    const ordinal = segment.first + row;
    if (index.kind[ordinal] !== SPAN) continue;
    if (index.time[ordinal] === Infinity) {
      withoutTime += 1;
      continue;
    }
    const duration = durations?.[row] ?? 0;
    found.push({
      ref: recordRef(segment, ordinal),
      spanId: textAt(spanIds, row) ?? "",
      parentId: textAt(parentIds, row),
      service: index.services[index.service[ordinal] ?? 0] ?? null,
      name: textAt(names, row) ?? "",
      start: micros(index.time[ordinal] ?? 0),
      nanos: nanos?.[row] ?? 0,
      digits: digits[row] ?? 0,
      duration: durationMicros(Number.isNaN(duration) ? 0 : duration),
      failed: (index.level[ordinal] ?? 0) >= Level.error,
    });
  }
  return withoutTime;
}

/** Puts every span under its parent, and tells how long it worked itself. `found` come by start. */
export function placed(found: readonly FoundSpan[]): Span[] {
  const { start, duration, parent, place } = treeOf(found);
  const self = selfTimes({ start, duration, parent });
  return found.map((span, index): Span => {
    const above = parent[index] ?? NO_PARENT;
    return {
      ...span,
      parent: above === NO_PARENT ? null : above,
      place: placeName(place[index] ?? 0),
      self: durationMicros((self[index] ?? 0) / NANOS_PER_MICRO),
    };
  });
}

/** Ids of traces that have spans, in the order of the sources; at most `limit`. */
export function traceIds({ index, columns }: QueryContext, limit: number, checkpoint: () => void): string[] {
  const found = new Set<string>();
  for (const segment of index.segments) {
    if ((segment.kinds & (1 << SPAN)) === 0) continue;
    checkpoint();
    const ids = columns.get(segment.id, "traceId");
    if (ids === null) continue;
    for (let row = 0; row < segment.count; row += 1) {
      const id = index.kind[segment.first + row] === SPAN ? textAt(ids, row) : null;
      if (id !== null) found.add(id);
      if (found.size >= limit) return [...found];
    }
  }
  return [...found];
}
