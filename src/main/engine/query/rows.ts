// Rows of the list with their message. Rows of one page mostly stand close together, so their text is read stretch by
// stretch and not row by row.
import type { ListRow } from "../../../shared/contract.ts";
import { kindName, type DecodedRecord, type RecordRow } from "../../../shared/model/record.ts";
import type { Level } from "../../../shared/model/level.ts";
import { micros } from "../../../shared/units.ts";
import type { Searched } from "../../../shared/query/searched.ts";
import { foundField } from "./found-field.ts";
import type { QueryContext } from "./query-context.ts";
import type { IndexedSegment } from "./record-index.ts";
import { recordRef } from "./record-ref.ts";
import { decodeRecord, formatOf } from "./record-text.ts";
import { visitText } from "./segment-text.ts";
import type { Selected } from "./selected.ts";

/** A message is one line of a list; the detail has all of it. */
const MESSAGE_LIMIT = 2_000;
/** More bytes than this of one record are not decoded for a line of the list. */
const DECODE_LIMIT = 2 ** 20;
const NOTHING: DecodedRecord = { message: "", fields: [] };

export function rows(
  context: QueryContext,
  selected: Selected,
  { start, count, searched }: { readonly start: number; readonly count: number; readonly searched: Searched },
  checkpoint: () => void,
): ListRow[] {
  const chosen = Array.from({ length: Math.max(0, Math.min(count, selected.count - start)) }, (_, i) =>
    selected.row(start + i),
  ).filter((row) => row !== null);
  const ordinals = chosen.flatMap((row) => (row.type === "record" ? [row.ordinal] : []));
  const decoded = decodeAll(context, ordinals, checkpoint);
  const listed = new Map<number, ListRow>();
  // One segment after the other: where many lie between each other, their columns are not all kept.
  for (const ordinal of ordinals.toSorted((a, b) => a - b)) {
    const told = decoded.get(ordinal) ?? NOTHING;
    const record = recordRow(context, ordinal, told.message);
    const found = foundField(told, record.message, searched);
    listed.set(ordinal, found === undefined ? { type: "record", record } : { type: "record", record, found });
  }
  return chosen.flatMap((row): ListRow | readonly ListRow[] =>
    row.type === "event" ? { type: "event", event: row.event } : (listed.get(row.ordinal) ?? []),
  );
}

export function recordRow({ index, columns }: QueryContext, ordinal: number, message: string): RecordRow {
  const segment = index.segmentAt(ordinal);
  const row = ordinal - segment.first;
  const time = index.time.at(ordinal);
  return {
    ref: recordRef(segment, ordinal),
    time: time === Infinity ? null : micros(time),
    nanos: columns.get(segment.id, "nanos")?.[row] ?? 0,
    digits: columns.get(segment.id, "digits")[row] ?? 0,
    kind: kindName(index.kind.at(ordinal)),
    level: index.level.at(ordinal) as Level,
    service: index.services[index.service.at(ordinal)] ?? null,
    message: message.length > MESSAGE_LIMIT ? `${message.slice(0, MESSAGE_LIMIT)}…` : message,
    sourceId: segment.sourceId,
    line: columns.get(segment.id, "line")[row] ?? 0,
  };
}

/** The records' text as their formats read it, by ordinal. */
export function decodeAll(
  context: QueryContext,
  ordinals: readonly number[],
  checkpoint: () => void,
): Map<number, DecodedRecord> {
  const masks = new Map<IndexedSegment, Uint8Array>();
  for (const ordinal of ordinals) {
    const segment = context.index.segmentAt(ordinal);
    const mask = masks.get(segment) ?? new Uint8Array(segment.count);
    mask[ordinal - segment.first] = 1;
    masks.set(segment, mask);
  }
  const decoded = new Map<number, DecodedRecord>();
  for (const [segment, mask] of masks) {
    const format = formatOf(context, segment);
    const contexts = context.columns.get(segment.id, "context");
    visitText(context.reader, context.columns, segment, mask, checkpoint, (bytes) => (row, start, end) => {
      const isWhole = end - start <= DECODE_LIMIT;
      const raw = bytes.subarray(start, isWhole ? end : start + MESSAGE_LIMIT);
      decoded.set(segment.first + row, decodeRecord(isWhole ? format : undefined, raw, contexts, row));
    });
  }
  return decoded;
}
