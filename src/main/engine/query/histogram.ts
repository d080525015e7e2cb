// Records by time and severity: the bars above the lanes. One pass over the selected records.
import type { Histogram, Selection } from "../../../shared/contract.ts";
import { SEVERITY_OF_LEVEL } from "../../../shared/model/level.ts";
import { SEVERITIES, severityRank } from "../../../shared/model/severity.ts";
import { micros } from "../../../shared/units.ts";
import type { QueryContext } from "./query-context.ts";
import type { Selected } from "./selected.ts";

const COLUMN_OF_LEVEL = Uint8Array.from(SEVERITY_OF_LEVEL, severityRank);

export function histogram(
  context: QueryContext,
  selected: Selected,
  { from, to }: Selection,
  buckets: number,
): Histogram {
  const { index, revision } = context;
  const { time, level } = index;
  const { ordinals } = selected;
  const span = timeSpan(context);
  const start = from ?? span.first;
  // The end of a range is exclusive, the last record of a case is inside.
  const end = Math.max(start, to ?? span.last + 1);
  const bucketMicros = Math.max(end - start, 1) / buckets;
  const counts = new Uint32Array(buckets * SEVERITIES.length);
  let total = 0;
  for (const part of ordinals.parts()) {
    for (const ordinal of part) {
      const at = time.at(ordinal);
      if (at >= end || at < start) continue;
      const bucket = Math.min(buckets - 1, Math.floor((at - start) / bucketMicros));
      const cell = bucket * SEVERITIES.length + (COLUMN_OF_LEVEL[level.at(ordinal)] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
      total += 1;
    }
  }
  return { revision, searched: selected.searched, from: micros(start), bucketMicros, buckets, counts, total };
}

/** First and last time of records and events; both 0 in a case without any. */
export function timeSpan({ index, events }: QueryContext): { first: number; last: number } {
  let first = Infinity;
  let last = -Infinity;
  for (const { firstTime, lastTime } of index.known) {
    if (firstTime !== null) first = Math.min(first, firstTime);
    if (lastTime !== null) last = Math.max(last, lastTime);
  }
  for (const { time, endTime } of events) {
    first = Math.min(first, time);
    last = Math.max(last, endTime ?? time);
  }
  return first <= last ? { first, last } : { first: 0, last: 0 };
}
