// Bounds of single spans: a child of another source lies within its parent, a record that names a span within the span.
import { kindCode } from "../../../../shared/model/record.ts";
import type { Stretch } from "../../correlation/skew.ts";
import { NONE } from "../../traces/span-columns.ts";
import type { QueryContext } from "../query-context.ts";
import { spanTable } from "../span-table.ts";

const SPAN = kindCode("span");
const SAMPLE = kindCode("sample");
/** Records that name spans, at most: more say the same. */
const MOST_NAMING = 50_000;

/** `inner` happened within `outer`, each by the clock of its source. */
export type TakeWithin = (id: string, innerSource: number, inner: Stretch, outerSource: number, outer: Stretch) => void;

export function childrenWithin(context: QueryContext, take: TakeWithin, checkpoint: () => void): void {
  const { index } = context;
  const table = spanTable(context, checkpoint);
  const sourceOf = (span: number): number => index.sourceOf[index.segmentOf.at(table.ordinal[span] ?? 0)] ?? 0;
  const stretch = (span: number): Stretch => {
    const start = table.start[span] ?? 0;
    return { start, end: start + (table.duration[span] ?? 0) };
  };
  for (let span = 0; span < table.count; span += 1) {
    const parent = table.parent[span] ?? NONE;
    if (parent >= table.count) continue;
    const [own, other] = [sourceOf(span), sourceOf(parent)];
    if (own !== other) take(table.traces[table.trace[span] ?? 0] ?? "", own, stretch(span), other, stretch(parent));
  }
}

/** Only of traces that `isShared`. */
export function recordsWithin(
  { index, columns }: QueryContext,
  isShared: (traceId: string) => boolean,
  take: TakeWithin,
  checkpoint: () => void,
): void {
  const naming = new Map<string, { readonly source: number; readonly trace: string; readonly time: number }[]>();
  let count = 0;
  const visit = (spans: boolean, see: (trace: string, span: string, ordinal: number, source: number) => void): void => {
    for (const segment of index.segments) {
      checkpoint();
      if (spans && (segment.kinds & (1 << SPAN)) === 0) continue;
      const trace = columns.get(segment.id, "traceId");
      const span = columns.get(segment.id, "spanId");
      if (trace === null || span === null) continue;
      const wanted = span.dictionary.map((id) => !spans || naming.has(id));
      const shared = trace.dictionary.map(isShared);
      for (let row = 0; row < segment.count; row += 1) {
        const spanCode = (span.index[row] ?? 0) - 1;
        const traceCode = (trace.index[row] ?? 0) - 1;
        const ordinal = segment.first + row;
        const kind = index.kind.at(ordinal);
        if (wanted[spanCode] !== true || shared[traceCode] !== true) continue;
        if ((kind === SPAN) !== spans || kind === SAMPLE || index.time.at(ordinal) === Infinity) continue;
        see(trace.dictionary[traceCode] ?? "", span.dictionary[spanCode] ?? "", ordinal, segment.sourceId);
      }
    }
  };
  visit(false, (trace, span, ordinal, source) => {
    if (count >= MOST_NAMING) return;
    count += 1;
    const known = naming.get(span);
    const record = { source, trace, time: index.time.at(ordinal) };
    if (known === undefined) naming.set(span, [record]);
    else known.push(record);
  });
  if (naming.size === 0) return;
  visit(true, (trace, span, ordinal, source) => {
    const segment = index.segmentAt(ordinal);
    const start = index.time.at(ordinal);
    const took = columns.get(segment.id, "duration")?.[ordinal - segment.first] ?? 0;
    for (const record of naming.get(span) ?? []) {
      if (record.trace !== trace || record.source === source) continue;
      const moment = { start: record.time, end: record.time };
      take(trace, record.source, moment, source, { start, end: start + (took > 0 ? took : 0) });
    }
  });
}
