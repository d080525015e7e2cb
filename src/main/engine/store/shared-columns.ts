/**
 * Columns that several small segments share, read once for those that follow each other and cut for each of them. What
 * comes out is what a segment of its own would have given.
 */
import type { SegmentColumns } from "../../../shared/model/segment.ts";
import type { ColumnName, EncodedColumn } from "./protocol.ts";
import { COLUMN_NAMES, decodeColumns } from "./segment/codec.ts";
import { type Column, rowsOf } from "./segment/rows-of.ts";

/** Decoded columns that are kept. All of a pack are a megabyte or two. */
const BYTES_KEPT = 16 * 2 ** 20;
const TEXT_BYTES = 24;

export interface SharedPlaceRow {
  readonly packId: number;
  readonly row: number;
  readonly count: number;
}

export class SharedColumns {
  readonly #rowsOf: (packId: number) => number;
  readonly #encoded: (packId: number, names: readonly ColumnName[]) => readonly EncodedColumn[];
  /** Least recently used first. */
  readonly #packs = new Map<number, Pack>();
  #bytes = 0;

  /** Both throw where a pack is damaged. */
  constructor(
    rows: (packId: number) => number,
    encoded: (packId: number, names: readonly ColumnName[]) => readonly EncodedColumn[],
  ) {
    this.#rowsOf = rows;
    this.#encoded = encoded;
  }

  columns({ packId, row, count }: SharedPlaceRow, names: readonly ColumnName[] = COLUMN_NAMES): SegmentColumns {
    const pack = this.#pack(packId);
    if (row < 0 || count < 0 || row + count > pack.rows)
      throw new RangeError(`lies at rows ${row} to ${row + count} of ${pack.rows}`);
    this.#read(pack, names);
    const own = names.map((name) => [name, rowsOf(name, pack.columns.get(name) ?? null, row, count)] as const);
    return { ...decodeColumns(count, []), ...(Object.fromEntries(own) as Partial<SegmentColumns>) };
  }

  clear(): void {
    this.#packs.clear();
    this.#bytes = 0;
  }

  #pack(id: number): Pack {
    const kept = this.#packs.get(id);
    const pack = kept ?? { id, rows: this.#rowsOf(id), columns: new Map<ColumnName, Column>(), bytes: 0 };
    this.#packs.delete(id);
    this.#packs.set(id, pack);
    return pack;
  }

  #read(pack: Pack, names: readonly ColumnName[]): void {
    const missing = names.filter((name) => !pack.columns.has(name));
    if (missing.length === 0) return;
    const decoded = decodeColumns(pack.rows, this.#encoded(pack.id, missing));
    for (const name of missing) {
      const column = decoded[name];
      pack.columns.set(name, column);
      pack.bytes += sizeOf(column);
      this.#bytes += sizeOf(column);
    }
    for (const [oldest, { bytes }] of this.#packs) {
      if (this.#bytes <= BYTES_KEPT || oldest === pack.id) break;
      this.#packs.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}

interface Pack {
  readonly id: number;
  readonly rows: number;
  readonly columns: Map<ColumnName, Column>;
  bytes: number;
}

function sizeOf(column: Column): number {
  if (column === null) return TEXT_BYTES;
  if (ArrayBuffer.isView(column)) return column.byteLength + TEXT_BYTES;
  const { packed, index } = column;
  return index.byteLength + (packed === undefined ? 0 : packed.bytes + packed.count * TEXT_BYTES);
}
