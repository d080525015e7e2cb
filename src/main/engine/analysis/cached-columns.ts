/**
 * The columns of a stored segment as detectors see them: each is read when it is looked at and may be let go of
 * afterwards, so that a detector that keeps a million places keeps no columns.
 */
import type { SegmentColumns } from "../../../shared/model/segment.ts";
import type { ColumnCache } from "../query/segment-columns.ts";
import { COLUMN_NAMES } from "../store/segment/codec.ts";
import type { SegmentRow } from "../store/protocol.ts";
import type { TemplateTexts } from "./template-texts.ts";

export function cachedColumns(cache: ColumnCache, templates: TemplateTexts, row: SegmentRow): SegmentColumns {
  const { id, count } = row;
  const columns = { count };
  for (const name of COLUMN_NAMES) {
    const get = name === "template" ? () => templates.column(row) : () => cache.get(id, name);
    Object.defineProperty(columns, name, { get });
  }
  return columns as SegmentColumns;
}
