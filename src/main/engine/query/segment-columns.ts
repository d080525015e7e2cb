// Columns that only some questions need, read segment by segment and kept while there is room.
import type { DictionaryColumn, SegmentColumns } from "../../../shared/model/segment.ts";
import type { CaseReader, ColumnName } from "../store/protocol.ts";

type Column = SegmentColumns[ColumnName];

/** Offsets and lengths of two and a half million records. */
const BYTES_KEPT = 32 * 2 ** 20;
/** A round over all segments of more records than this finds none of what was kept again, be it shared with another thread. */
const MOST_FOUND_AGAIN = 6_000_000;
/** What lists and details of such a case ask for: a few segments. */
const BYTES_OF_FEW = 8 * 2 ** 20;

/** Bytes of columns that are worth keeping of a case of so many records. */
export const columnBytesFor = (records: number): number => (records > MOST_FOUND_AGAIN ? BYTES_OF_FEW : BYTES_KEPT);

/** What a string costs beside its characters. */
const STRING_BYTES = 24;

export class ColumnCache {
  readonly #reader: Pick<CaseReader, "columns">;
  readonly #limit: () => number;
  /** Least recently used first. */
  readonly #kept = new Map<string, { readonly column: Column; readonly bytes: number }>();
  #bytes = 0;

  /** `limit` in bytes is asked whenever a column comes. */
  constructor(reader: Pick<CaseReader, "columns">, limit: () => number) {
    this.#reader = reader;
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get<N extends ColumnName>(segmentId: number, name: N): SegmentColumns[N] {
    const key = `${segmentId}:${name}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept.column as SegmentColumns[N];
    }
    const column = this.#reader.columns(segmentId, [name])[name];
    this.#keep(key, column);
    return column;
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #keep(key: string, column: Column): void {
    const bytes = STRING_BYTES + sizeOf(column);
    this.#kept.set(key, { column, bytes });
    this.#bytes += bytes;
    const limit = this.#limit();
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= limit || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= freed;
    }
  }
}

function sizeOf(column: Column): number {
  if (column === null) return 0;
  if (!isDictionary(column)) return column.byteLength;
  const { packed, index } = column;
  if (packed !== undefined) return index.byteLength + packed.count * STRING_BYTES + packed.bytes;
  return column.dictionary.reduce((sum, text) => sum + STRING_BYTES + text.length, index.byteLength);
}

const isDictionary = (column: NonNullable<Column>): column is DictionaryColumn => "dictionary" in column;
