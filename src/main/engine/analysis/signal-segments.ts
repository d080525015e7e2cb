/** The stored segments by kind of record, and the places of their rows. */
import { kindCode, type RecordKind } from "../../../shared/model/record.ts";
import type { SegmentColumns } from "../../../shared/model/segment.ts";
import type { CaseReader, ColumnName, SegmentRow } from "../store/protocol.ts";
import { TemplateTexts } from "./template-texts.ts";
import type { Place } from "../suspects/signals.ts";

export interface SignalSegment {
  readonly row: SegmentRow;
  /** Those asked for. */
  readonly columns: SegmentColumns;
}

export class SignalSegments {
  readonly reader: CaseReader;
  readonly checkpoint: () => void;
  readonly templates: TemplateTexts;
  readonly #rows: readonly SegmentRow[];

  constructor(reader: CaseReader, checkpoint: () => void) {
    this.reader = reader;
    this.checkpoint = checkpoint;
    this.#rows = reader.segments();
    this.templates = new TemplateTexts(this.#rows, (id) => reader.columns(id, ["template"]).template, checkpoint);
  }

  /** Every segment that holds at least one record of the kinds, in the order of sources and segments. */
  *of(kinds: readonly RecordKind[], columns: readonly ColumnName[]): Generator<SignalSegment> {
    const mask = kinds.reduce((bits, kind) => bits | (1 << kindCode(kind)), 0);
    for (const row of this.#rows) {
      if ((row.kinds & mask) === 0) continue;
      this.checkpoint();
      const read = this.reader.columns(row.id, columns);
      yield { row, columns: read.template === null ? read : { ...read, template: this.templates.column(row) } };
    }
  }
}

export const placeOf = ({ row: segment }: SignalSegment, row: number, offset: number): Place => ({
  sourceId: segment.sourceId,
  offset,
  record: `s${segment.id}:${row}`,
});
