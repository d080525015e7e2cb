// Records that bear a trace's id and are no spans, mostly its log lines, each with the span that it was written in.
import type { CallOutput } from "../../../shared/contract.ts";
import { kindCode, type RecordRow } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { spanCount, textsOf, type TraceColumns } from "../../../shared/model/trace-columns.ts";
import type { QueryContext } from "./query-context.ts";
import { decodeAll, recordRow } from "./rows.ts";

const SPAN = kindCode("span");
const SAMPLE = kindCode("sample");

interface Asked {
  readonly traceId: string;
  readonly spans: TraceColumns;
  readonly limit: number;
}

export function recordsOfTrace(
  context: QueryContext,
  { traceId, spans, limit }: Asked,
  checkpoint: () => void,
): CallOutput<"traces.records"> {
  const found = ordinalsOf(context, traceId, checkpoint);
  const { index, columns } = context;
  found.sort((a, b) => index.time.at(a) - index.time.at(b) || a - b);
  const shown = found.slice(0, limit);
  const decoded = decodeAll(context, shown, checkpoint);
  const byId = shown.length === 0 ? new Map<string, number>() : firstById(spans);
  const innermost = innermostOf(spans);
  const records = shown.map((ordinal) => {
    const row = recordRow(context, ordinal, decoded.get(ordinal)?.message ?? "");
    const segment = index.segmentAt(ordinal);
    const named = textAt(columns.get(segment.id, "spanId"), ordinal - segment.first);
    const { ref, nanos, kind, level, service, message } = row;
    const span = (named === null ? undefined : byId.get(named)) ?? innermost(row);
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
      const kind = index.kind.at(ordinal);
      if (kind !== SPAN && kind !== SAMPLE && index.time.at(ordinal) !== Infinity) found.push(ordinal);
    }
  }
  return found;
}

function firstById({ ids, spanId }: TraceColumns): Map<string, number> {
  const texts = textsOf(ids);
  const first = new Map<string, number>();
  for (let span = spanId.length - 1; span >= 0; span -= 1) first.set(texts[spanId[span] ?? 0] ?? "", span);
  return first;
}

/** Finds the span of a record's service that ran at its time; of several the one that began last. */
function innermostOf(spans: TraceColumns): (row: RecordRow) => number | null {
  const { start, nanos, duration, service } = spans;
  const codes = new Map(textsOf(spans.services).map((name, code) => [code === 0 ? null : name, code]));
  const beginOf = (span: number): number => (start[span] ?? 0) + (nanos[span] ?? 0) / 1_000;
  return ({ time, nanos: rest, service: of }) => {
    const code = codes.get(of);
    if (time === null || code === undefined) return null;
    const at = time + rest / 1_000;
    for (let span = beganBy(at, spanCount(spans), beginOf) - 1; span >= 0; span -= 1)
      if (service[span] === code && at <= beginOf(span) + (duration[span] ?? 0)) return span;
    return null;
  };
}

/** How many of the spans, which come by their start, had begun. */
function beganBy(at: number, count: number, beginOf: (span: number) => number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (beginOf(middle) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
