// Everything that is known of one record: its columns, its fields, and its own bytes.
import type { RecordDetail } from "../../../shared/contract.ts";
import { textAt, type SegmentColumns } from "../../../shared/model/segment.ts";
import type { ColumnName } from "../store/protocol.ts";
import type { QueryContext } from "./query-context.ts";
import { noSuchRecord, ordinalOf } from "./record-ref.ts";
import { decodeRecord, formatOf } from "./record-text.ts";
import { recordRow } from "./rows.ts";

/** Bytes of a record that cross to the window. */
const RAW_LIMIT = 65_536;
/** A record longer than this shows its beginning and no fields: decoding it could hold everything up. */
const DECODE_LIMIT = 16 * 2 ** 20;

/** Fails with "not-found". */
export function detail(context: QueryContext, ref: string): RecordDetail {
  const ordinal = ordinalOf(context.index, ref);
  if (ordinal === null) throw noSuchRecord(ref);
  return detailOf(context, ordinal);
}

export function detailOf(context: QueryContext, ordinal: number): RecordDetail {
  const segment = context.index.segmentAt(ordinal);
  const row = ordinal - segment.first;
  const get = <N extends ColumnName>(name: N): SegmentColumns[N] => context.columns.get(segment.id, name);
  const offset = get("offset")[row] ?? 0;
  const length = get("length")[row] ?? 0;
  const isWhole = length <= DECODE_LIMIT;
  const raw = context.reader.raw(segment.sourceId, offset, isWhole ? length : RAW_LIMIT);
  const format = isWhole ? formatOf(context, segment) : undefined;
  const { message, fields } = decodeRecord(format, raw, get("context"), row);
  const source = context.source(segment.sourceId);
  return {
    ...recordRow(context, ordinal, ""),
    message,
    fields: fields as RecordDetail["fields"],
    raw: raw.slice(0, RAW_LIMIT),
    path: source?.path ?? "",
    format: segment.format ?? source?.format ?? "",
    offset,
    length,
    duration: numberOrNull(get("duration")?.[row]),
    value: numberOrNull(get("value")?.[row]),
    name: textAt(get("name"), row),
    traceId: textAt(get("traceId"), row),
    spanId: textAt(get("spanId"), row),
    parentId: textAt(get("parentId"), row),
    requestId: textAt(get("requestId"), row),
    correlationId: textAt(get("correlationId"), row),
  };
}

const numberOrNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
