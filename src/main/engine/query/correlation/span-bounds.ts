// Bounds of single spans: a child of another source lies within its parent, a record that names a span within the span.
import { kindCode } from "../../../../shared/model/record.ts";
import { entryTexts, singleTextAt } from "../../../../shared/model/segment.ts";
import type { Stretch } from "../../correlation/skew.ts";
import type { SegmentRow } from "../../store/protocol.ts";
import { placedSpans, tookOf } from "./placed-spans.ts";
import { ownText, type StoredRows } from "./stored-rows.ts";

const SPAN = kindCode("span");
const SAMPLE = kindCode("sample");
/** Records that name spans, at most: more say the same. */
const MOST_NAMING = 50_000;

/** `inner` happened within `outer`, each by the clock of its source. */
export type TakeWithin = (id: string, innerSource: number, inner: Stretch, outerSource: number, outer: Stretch) => void;

export const holdsSpans = ({ kinds }: SegmentRow): boolean => (kinds & (1 << SPAN)) !== 0;

export function childrenWithin(rows: StoredRows, take: TakeWithin, checkpoint: () => void): void {
  const spans = placedSpans({ ...rows, segments: rows.segments.filter(holdsSpans) }, checkpoint);
  const stretch = (span: number): Stretch => {
    const start = spans.start[span] ?? 0;
    return { start, end: start + (spans.duration[span] ?? 0) };
  };
  for (const [span, parent] of spans.parent.entries()) {
    if (parent >= spans.parent.length) continue;
    const [own, other] = [spans.source[span] ?? 0, spans.source[parent] ?? 0];
    if (own !== other) take(spans.traces[spans.trace[span] ?? 0] ?? "", own, stretch(span), other, stretch(parent));
  }
}

interface Seen {
  readonly trace: string;
  readonly span: string;
  readonly source: number;
  readonly time: number;
  /** Microseconds, from 0 on. */
  readonly took: number;
}

/** Only of traces that `isShared`. */
export function recordsWithin(
  { segments, reader }: StoredRows,
  isShared: (traceId: string) => boolean,
  take: TakeWithin,
  checkpoint: () => void,
): void {
  const naming = new Map<string, Seen[]>();
  let count = 0;
  const visit = (spans: boolean, see: (seen: Seen) => void): void => {
    for (const segment of segments) {
      checkpoint();
      if (spans && !holdsSpans(segment)) continue;
      const columns = reader.columns(segment.id, ["traceId", "spanId", "time", "kind", "duration"]);
      const { traceId: traces, spanId: ids } = columns;
      if (traces === null || ids === null) continue;
      const shared = entryTexts(traces).map(isShared);
      for (let row = 0; row < segment.count; row += 1) {
        const time = columns.time[row] ?? Number.NaN;
        const kind = columns.kind[row];
        if (shared[(traces.index[row] ?? 0) - 1] !== true || Number.isNaN(time)) continue;
        if ((kind === SPAN) !== spans || kind === SAMPLE) continue;
        const [trace, span] = [singleTextAt(traces, row), singleTextAt(ids, row)];
        if (trace === null || span === null) continue;
        see({ trace, span, source: segment.sourceId, time, took: tookOf(columns.duration, row) });
      }
    }
  };
  visit(false, (record) => {
    if (count >= MOST_NAMING) return;
    count += 1;
    const own = { ...record, trace: ownText(record.trace), span: ownText(record.span) };
    const known = naming.get(own.span);
    if (known === undefined) naming.set(own.span, [own]);
    else known.push(own);
  });
  if (naming.size === 0) return;
  visit(true, ({ trace, span, source, time, took }) => {
    for (const record of naming.get(span) ?? []) {
      if (record.trace !== trace || record.source === source) continue;
      const moment = { start: record.time, end: record.time };
      take(trace, record.source, moment, source, { start: time, end: time + took });
    }
  });
}
