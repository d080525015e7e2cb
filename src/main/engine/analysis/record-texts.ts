/** Reads records back from the text of the case: a block of decompression each, so only for the few that are looked at. */
import type { DecodedRecord } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { Format } from "../formats/format.ts";
import { formatById } from "../formats/registry.ts";
import type { CaseReader } from "../store/protocol.ts";
import type { SignalSegment } from "./signal-segments.ts";

export class RecordTexts {
  readonly #reader: CaseReader;
  readonly #formats = new Map<number, Format | undefined>();

  constructor(reader: CaseReader) {
    this.#reader = reader;
    for (const { id, format } of reader.sources()) {
      if (format !== null) this.#formats.set(id, formatById(format));
    }
  }

  /** The segment's columns hold offset, length and context. A record whose format is not known any more is its text. */
  of({ row: { sourceId, format }, columns }: SignalSegment, row: number): DecodedRecord {
    const raw = this.#reader.raw(sourceId, columns.offset[row] ?? 0, columns.length[row] ?? 0);
    const known = format === null ? this.#formats.get(sourceId) : formatById(format);
    if (known === undefined) return { message: new TextDecoder().decode(raw), fields: [] };
    return known.decode(raw, textAt(columns.context, row));
  }
}
