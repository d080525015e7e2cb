// The spans of one trace, wherever they stand: several services write several files, each with its part of it.
import { kindCode } from "../../../shared/model/record.ts";
import { Level } from "../../../shared/model/level.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { blankColumns, textsOf, type TraceColumns } from "../../../shared/model/trace-columns.ts";
import { selfTimes } from "../traces/self-time.ts";
import type { Operation } from "../traces/span-columns.ts";
import type { QueryContext } from "./query-context.ts";
import type { IndexedSegment, RecordIndex } from "./record-index.ts";
import { TextCodes } from "./text-codes.ts";
import { treeOf, type TraceTree, type UnlinkedColumns } from "./trace-tree.ts";

const SPAN = kindCode("span");
const NANOS_PER_MICRO = 1_000;

export interface TraceSpans {
  readonly spans: TraceColumns;
  readonly tree: TraceTree;
  /** Of each span's record. */
  readonly ordinals: Uint32Array;
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
  const { ordinals: all, withoutTime } = ordinalsOf(context, traceId, checkpoint);
  checkpoint();
  const columns = columnsOf(context, all);
  const tree = treeOf(columns);
  const { copies } = tree;
  if (copies.length === 0) return { spans: placed(columns, tree), tree, ordinals: all, withoutTime, copies: 0 };
  const twice = new Set(copies);
  const ordinals = all.filter((_, at) => !twice.has(at));
  const once = columnsOf(context, ordinals);
  const linked = treeOf(once);
  return { spans: placed(once, linked), tree: linked, ordinals, withoutTime, copies: copies.length };
}

/** Records of the trace's spans by their start, those that start together the longest first. */
function ordinalsOf(
  { index, columns }: QueryContext,
  traceId: string,
  checkpoint: () => void,
): { readonly ordinals: Uint32Array; readonly withoutTime: number } {
  const found: number[] = [];
  const nanos: number[] = [];
  const durations: number[] = [];
  let withoutTime = 0;
  for (const segment of index.segments) {
    if ((segment.kinds & (1 << SPAN)) === 0) continue;
    checkpoint();
    const ids = columns.get(segment.id, "traceId");
    const code = (ids?.dictionary.indexOf(traceId) ?? -1) + 1;
    if (ids === null || code === 0) continue;
    const ofNanos = columns.get(segment.id, "nanos");
    const ofDuration = columns.get(segment.id, "duration");
    for (let row = ids.index.indexOf(code); row !== -1; row = ids.index.indexOf(code, row + 1)) {
      const ordinal = segment.first + row;
      if (index.kind.at(ordinal) !== SPAN) continue;
      if (index.time.at(ordinal) === Infinity) {
        withoutTime += 1;
        continue;
      }
      found.push(ordinal);
      nanos.push(ofNanos?.[row] ?? 0);
      durations.push(known(ofDuration?.[row]));
    }
  }
  const startOf = (at: number): number => index.time.at(found[at] ?? 0);
  const order = Uint32Array.from(found.keys()).sort(
    (a, b) =>
      startOf(a) - startOf(b) ||
      (nanos[a] ?? 0) - (nanos[b] ?? 0) ||
      (durations[b] ?? 0) - (durations[a] ?? 0) ||
      a - b,
  );
  return { ordinals: order.map((at) => found[at] ?? 0), withoutTime };
}

const known = (duration: number | undefined): number =>
  duration === undefined || Number.isNaN(duration) ? 0 : duration;

/** What a segment says of its rows, in codes of the whole trace. */
function partOf({ columns }: QueryContext, segment: IndexedSegment, ids: TextCodes, names: TextCodes) {
  return {
    spanId: ids.ofRows(columns.get(segment.id, "spanId")),
    parentId: ids.ofRows(columns.get(segment.id, "parentId")),
    name: names.ofRows(columns.get(segment.id, "name")),
    nanos: columns.get(segment.id, "nanos"),
    digits: columns.get(segment.id, "digits"),
    duration: columns.get(segment.id, "duration"),
  };
}

function columnsOf(context: QueryContext, ordinals: Uint32Array): UnlinkedColumns {
  const { index } = context;
  const count = ordinals.length;
  const columns = blankColumns(count);
  const [ids, names, services] = [new TextCodes(), new TextCodes(), new TextCodes()];
  const parts = new Map<IndexedSegment, ReturnType<typeof partOf>>();
  for (let span = 0; span < count; span += 1) {
    const ordinal = ordinals[span] ?? 0;
    const segment = index.segmentAt(ordinal);
    const row = ordinal - segment.first;
    const part = parts.get(segment) ?? partOf(context, segment, ids, names);
    parts.set(segment, part);
    columns.segment[span] = segment.id;
    columns.row[span] = row;
    columns.spanId[span] = part.spanId(row);
    columns.parentId[span] = part.parentId(row);
    columns.service[span] = services.of(index.services[index.service.at(ordinal)] ?? null);
    columns.name[span] = part.name(row);
    columns.start[span] = index.time.at(ordinal);
    columns.nanos[span] = part.nanos?.[row] ?? 0;
    columns.digits[span] = part.digits[row] ?? 0;
    columns.duration[span] = known(part.duration?.[row]);
    columns.failed[span] = index.level.at(ordinal) >= Level.error ? 1 : 0;
  }
  return { ...columns, ids: ids.table(), names: names.table(), services: services.table() };
}

/** Puts every span under its parent, and tells how long it worked itself. */
function placed(columns: UnlinkedColumns, { start, duration, parent, place }: TraceTree): TraceColumns {
  const self = selfTimes({ start, duration, parent }).map((nanos) => nanos / NANOS_PER_MICRO);
  return { ...columns, parent, place, self };
}

/** What the room of traces names spans by. */
export function facesOf(spans: TraceColumns): (Operation & { readonly failed: boolean })[] {
  const [services, names] = [textsOf(spans.services), textsOf(spans.names)];
  return Array.from(spans.name, (name, span) => {
    const service = spans.service[span] ?? 0;
    return {
      service: service === 0 ? null : (services[service] ?? null),
      name: names[name] ?? "",
      failed: spans.failed[span] === 1,
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
      const id = index.kind.at(segment.first + row) === SPAN ? textAt(ids, row) : null;
      if (id !== null) found.add(id);
      if (found.size >= limit) return [...found];
    }
  }
  return [...found];
}
