// The spans of one trace, wherever they stand: several services write several files, each with its part of it.
import { kindCode } from "../../../shared/model/record.ts";
import { Level } from "../../../shared/model/level.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { Span } from "../../../shared/model/trace.ts";
import { durationMicros, micros } from "../../../shared/units.ts";
import type { QueryContext } from "./query-context.ts";
import { recordRef } from "./record-ref.ts";

const SPAN = kindCode("span");

export interface TraceSpans {
  /** In the order of their start. */
  readonly spans: readonly Span[];
  /** Spans that cannot be drawn; the list of records has them. */
  readonly withoutTime: number;
}

export function spansOf(context: QueryContext, traceId: string, checkpoint: () => void): TraceSpans {
  const { index, columns } = context;
  const ordinals: number[] = [];
  let withoutTime = 0;
  for (const segment of index.segments) {
    if ((segment.kinds & (1 << SPAN)) === 0) continue;
    checkpoint();
    const ids = columns.get(segment.id, "traceId");
    const code = (ids?.dictionary.indexOf(traceId) ?? -1) + 1;
    if (ids === null || code === 0) continue;
    for (let row = ids.index.indexOf(code); row !== -1; row = ids.index.indexOf(code, row + 1)) {
      const ordinal = segment.first + row;
      if (index.kind[ordinal] !== SPAN) continue;
      if (index.time[ordinal] === Infinity) withoutTime += 1;
      else ordinals.push(ordinal);
    }
  }
  const spans = ordinals.map((ordinal): Span => {
    const segment = index.segmentAt(ordinal);
    const row = ordinal - segment.first;
    const duration = columns.get(segment.id, "duration")?.[row] ?? 0;
    return {
      ref: recordRef(segment, ordinal),
      spanId: textAt(columns.get(segment.id, "spanId"), row) ?? "",
      parentId: textAt(columns.get(segment.id, "parentId"), row),
      service: index.services[index.service[ordinal] ?? 0] ?? null,
      name: textAt(columns.get(segment.id, "name"), row) ?? "",
      start: micros(index.time[ordinal] ?? 0),
      nanos: columns.get(segment.id, "nanos")?.[row] ?? 0,
      duration: durationMicros(Number.isNaN(duration) ? 0 : duration),
      failed: (index.level[ordinal] ?? 0) >= Level.error,
    };
  });
  spans.sort((a, b) => a.start - b.start || a.nanos - b.nanos || b.duration - a.duration);
  return { spans, withoutTime };
}
