// Which traces a filter leaves: those that bear a record it fits, be it a span or a line of a log, or an event of theirs.
import type { QueryContext } from "./query-context.ts";
import type { Selected } from "./selected.ts";

/** Ids of these traces, in no order. Records of a trace may lie anywhere in time: the selection is of all of it. */
export function tracesWith(
  { index, columns }: QueryContext,
  { ordinals, events }: Selected,
  checkpoint: () => void,
): readonly string[] {
  const fits = new Uint8Array(index.count);
  for (const part of ordinals.parts()) for (const ordinal of part) fits[ordinal] = 1;
  const traces = new Set<string>();
  for (const { traceId } of events) if (traceId !== null) traces.add(traceId);
  for (const { id, first, count } of index.segments) {
    checkpoint();
    const ids = columns.get(id, "traceId");
    if (ids === null) continue;
    // 0 is no trace.
    const seen = new Uint8Array(ids.dictionary.length + 1);
    for (let row = 0; row < count; row += 1) if (fits[first + row] === 1) seen[ids.index[row] ?? 0] = 1;
    for (const [at, traceId] of ids.dictionary.entries()) if (seen[at + 1] === 1) traces.add(traceId);
  }
  return [...traces];
}
