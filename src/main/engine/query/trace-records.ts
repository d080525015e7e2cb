// Records that bear a trace's id and are no spans, mostly its log lines, each with the span that it was written in.
import type { CallOutput } from "../../../shared/contract.ts";
import { kindCode, type RecordRow } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { Span } from "../../../shared/model/trace.ts";
import type { QueryContext } from "./query-context.ts";
import { decodeAll, recordRow } from "./rows.ts";

const SPAN = kindCode("span");
const SAMPLE = kindCode("sample");

interface Asked {
  readonly traceId: string;
  /** By start. */
  readonly spans: readonly Span[];
  readonly limit: number;
}

export function recordsOfTrace(
  context: QueryContext,
  { traceId, spans, limit }: Asked,
  checkpoint: () => void,
): CallOutput<"traces.records"> {
  const found = ordinalsOf(context, traceId, checkpoint);
  const { index, columns } = context;
  found.sort((a, b) => (index.time[a] ?? 0) - (index.time[b] ?? 0) || a - b);
  const shown = found.slice(0, limit);
  const decoded = decodeAll(context, shown, checkpoint);
  const byId = new Map<string, number>();
  for (const [at, { spanId }] of spans.entries()) if (!byId.has(spanId)) byId.set(spanId, at);
  const records = shown.map((ordinal) => {
    const row = recordRow(context, ordinal, decoded.get(ordinal)?.message ?? "");
    const segment = index.segmentAt(ordinal);
    const named = textAt(columns.get(segment.id, "spanId"), ordinal - segment.first);
    const { ref, nanos, kind, level, service, message } = row;
    const span = (named === null ? undefined : byId.get(named)) ?? innermost(spans, row);
    return { ref, time: row.time ?? 0, nanos, kind, level, service, message, span };
  });
  return { records, total: found.length };
}

/** Those with a time: the waterfall has no place for others. */
function ordinalsOf({ index, columns }: QueryContext, traceId: string, checkpoint: () => void): number[] {
  const found: number[] = [];
  for (const segment of index.segments) {
    checkpoint();
    const ids = columns.get(segment.id, "traceId");
    const code = (ids?.dictionary.indexOf(traceId) ?? -1) + 1;
    if (ids === null || code === 0) continue;
    for (let row = ids.index.indexOf(code); row !== -1; row = ids.index.indexOf(code, row + 1)) {
      const ordinal = segment.first + row;
      const kind = index.kind[ordinal];
      if (kind !== SPAN && kind !== SAMPLE && index.time[ordinal] !== Infinity) found.push(ordinal);
    }
  }
  return found;
}

/** Of the record's service and running at its time; the one that began last. */
function innermost(spans: readonly Span[], { time, nanos, service }: RecordRow): number | null {
  if (time === null) return null;
  const at = time + nanos / 1_000;
  for (let span = spans.length - 1; span >= 0; span -= 1) {
    const {
      start,
      nanos: rest,
      duration,
      service: of,
    } = spans[span] ?? { start: 0, nanos: 0, duration: 0, service: null };
    const begin = start + rest / 1_000;
    if (of === service && begin <= at && at <= begin + duration) return span;
  }
  return null;
}
