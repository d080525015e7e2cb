/** The stored segments by kind of record, as detectors and suspects see them, and the places of their rows. */
import { kindCode, type RecordKind } from "../../../shared/model/record.ts";
import type { SegmentColumns } from "../../../shared/model/segment.ts";
import { ColumnCache } from "../query/segment-columns.ts";
import type { CaseReader, SegmentRow } from "../store/protocol.ts";
import type { Place } from "../suspects/signals.ts";
import { cachedColumns } from "./cached-columns.ts";
import { TemplateTexts } from "./template-texts.ts";

/**
 * Decoded columns that a pass holds at most, whatever the case holds and those who look at it keep. Segments are gone
 * through from the first to the last: what does not hold all of them saves nothing by holding more than a few.
 */
const COLUMN_BYTES = 12 * 2 ** 20;

export interface StoredSegment {
  readonly row: SegmentRow;
  /** Each column is read when it is looked at, and may be read again: long loops take out what they need before. */
  readonly columns: SegmentColumns;
}

/**
 * By what their sources are called, and where they lie in them. Ids of sources tell which was dropped first, and ids of
 * segments which thread was done first: what two sources tell alike would be one's or the other's by chance.
 */
function inOrderOfPlace(reader: CaseReader): SegmentRow[] {
  const sources = reader.sources().toSorted((a, b) => (a.path === b.path ? a.id - b.id : a.path < b.path ? -1 : 1));
  const places = new Map(sources.map(({ id }, place) => [id, place]));
  const placeOfSource = ({ sourceId }: SegmentRow): number => places.get(sourceId) ?? places.size;
  return reader
    .segments()
    .toSorted((a, b) => placeOfSource(a) - placeOfSource(b) || a.firstOffset - b.firstOffset || a.id - b.id);
}

/** The case as it is stored when this is made. */
export class StoredSegments {
  readonly reader: CaseReader;
  readonly checkpoint: () => void;
  readonly templates: TemplateTexts;
  readonly #cache: ColumnCache;
  readonly #rows: readonly SegmentRow[];

  /** `checkpoint` throws when what is made of the segments is not wanted any more. */
  constructor(reader: CaseReader, checkpoint: () => void) {
    this.reader = reader;
    this.checkpoint = checkpoint;
    this.#rows = inOrderOfPlace(reader);
    this.#cache = new ColumnCache(reader, () => COLUMN_BYTES);
    this.templates = new TemplateTexts(this.#rows, (id) => this.#cache.get(id, "template"), checkpoint);
  }

  /** Every segment that holds at least one record of the kinds, in the order of the names of sources, and of places in them. */
  *of(kinds: readonly RecordKind[]): Generator<StoredSegment> {
    const mask = kinds.reduce((bits, kind) => bits | (1 << kindCode(kind)), 0);
    for (const row of this.#rows) {
      if ((row.kinds & mask) === 0) continue;
      this.checkpoint();
      yield { row, columns: cachedColumns(this.#cache, this.templates, row) };
    }
  }
}

export const placeOf = (
  { row: segment, columns }: StoredSegment,
  row: number,
  offset = columns.offset[row],
): Place => ({
  sourceId: segment.sourceId,
  offset: offset ?? 0,
  record: `s${segment.id}:${row}`,
});
