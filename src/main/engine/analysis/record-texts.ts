/** Reads records back from the text of the case: a block of decompression each, so only for the few that are looked at. */
import type { DecodedRecord } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { Format } from "../formats/format.ts";
import { formatById } from "../formats/registry.ts";
import type { CaseReader } from "../store/protocol.ts";
import type { StoredSegment } from "./stored-segments.ts";
import { StoredText } from "./stored-text.ts";

export class RecordTexts {
  readonly #text: StoredText;
  readonly #formats = new Map<number, Format | undefined>();

  constructor(reader: CaseReader) {
    this.#text = new StoredText(reader);
    for (const { id, format } of reader.sources()) {
      if (format !== null) this.#formats.set(id, formatById(format));
    }
  }

  /** A record whose format is not known any more is its text. */
  of(segment: StoredSegment, row: number): DecodedRecord {
    return this.#decoded(segment, row) ?? { message: new TextDecoder().decode(this.#raw(segment, row)), fields: [] };
  }

  /** Null for a record whose format is not known any more. */
  messageOf(segment: StoredSegment, row: number): string | null {
    return this.#decoded(segment, row)?.message ?? null;
  }

  #decoded(segment: StoredSegment, row: number): DecodedRecord | null {
    const { sourceId, format } = segment.row;
    const known = format === null ? this.#formats.get(sourceId) : formatById(format);
    return known === undefined ? null : known.decode(this.#raw(segment, row), textAt(segment.columns.context, row));
  }

  #raw({ row: { sourceId }, columns }: StoredSegment, row: number): Uint8Array {
    return this.#text.read(sourceId, columns.offset[row] ?? 0, columns.length[row] ?? 0);
  }
}
