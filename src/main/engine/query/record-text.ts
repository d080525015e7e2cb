// A record's bytes as people read them. A format that is gone, or that refuses bytes it once accepted, leaves the raw
// text for a message: what is on screen is never less than what is in the case.
import type { DecodedRecord } from "../../../shared/model/record.ts";
import { textAt, type DictionaryColumn } from "../../../shared/model/segment.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { Format } from "../formats/format.ts";
import type { IndexedSegment } from "./record-index.ts";

export type FormatLookup = (id: string) => Format | undefined;

/** What knows what the records of a case are read with. */
export interface RecordFormats {
  readonly formatById: FormatLookup;
  source(id: number): Source | undefined;
}

export function formatOf(formats: RecordFormats, segment: IndexedSegment): Format | undefined {
  const id = segment.format ?? formats.source(segment.sourceId)?.format;
  return id === undefined || id === null ? undefined : formats.formatById(id);
}

export function decodeRecord(
  format: Format | undefined,
  raw: Uint8Array,
  contexts: DictionaryColumn | null,
  row: number,
): DecodedRecord {
  try {
    if (format !== undefined) return format.decode(raw, textAt(contexts, row));
  } catch {
    // Falls through to the raw text.
  }
  return { message: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString("utf8"), fields: [] };
}
