// Segments and blocks of text as rows.
import type { Statement } from "better-sqlite3";
import type { EncodedSegment, RawBlock, RawPlace, SegmentRow, SharedPlace } from "./protocol.ts";
import { checksum } from "./compression.ts";
import type { EncodedBins } from "./segment/time-bins.ts";
import { type ColumnRow, dropUnusedPacks, leavePacks, NO_PACKS, type PackIds } from "./shared-packs.ts";
import type { Connection } from "./sqlite.ts";

export interface SegmentTableRow {
  id: number;
  source_id: number;
  count: number;
  first_time: number | null;
  last_time: number | null;
  levels: number;
  kinds: number;
  first_offset: number;
  last_offset: number;
  format: string | null;
}

export interface BlockRow {
  id: number;
  source_id: number;
  byte_offset: number;
  byte_length: number;
  codec: RawBlock["codec"];
  checksum: number;
  data: Uint8Array;
  /** Null where `data` holds its bytes. */
  pack_id: number | null;
  pack_offset: number | null;
}

export interface BinsRow extends EncodedBins {
  segmentId: number;
}

export interface SegmentQueries {
  readonly segments: Statement<[number], SegmentTableRow>;
  /** How many rows it has, and where they lie if its columns are shared. */
  readonly place: Statement<[number], { count: number; packId: number | null; row: number | null }>;
  readonly columns: Statement<[number], ColumnRow>;
  readonly column: Statement<[number, string], ColumnRow>;
  /** The blocks from the one that holds an offset on; the text itself is fetched one block at a time. */
  readonly blockPlaces: Statement<[{ sourceId: number; from: number; to: number }], RawPlace>;
  readonly block: Statement<[number], BlockRow>;
  readonly bins: Statement<[number], BinsRow>;
}

export function prepareSegmentQueries(db: Connection): SegmentQueries {
  const segments = db.prepare<[number], SegmentTableRow>(
    `SELECT id, source_id, count, first_time, last_time, levels, kinds, first_offset, last_offset, format
       FROM segment
      WHERE id > ?
      ORDER BY id`,
  );
  const place = db.prepare<[number], { count: number; packId: number | null; row: number | null }>(
    `SELECT count, pack_id AS packId, pack_row AS row
       FROM segment
      WHERE id = ?`,
  );
  const columns = db.prepare<[number], ColumnRow>(
    `SELECT name, codec, checksum, data
       FROM segment_column
      WHERE segment_id = ?`,
  );
  const column = db.prepare<[number, string], ColumnRow>(
    `SELECT name, codec, checksum, data
       FROM segment_column
      WHERE segment_id = ?
        AND name = ?`,
  );
  const blockPlaces = db.prepare<{ sourceId: number; from: number; to: number }, RawPlace>(
    `SELECT id, byte_offset AS offset, byte_length AS length
       FROM raw_block
      WHERE source_id = :sourceId
        AND byte_offset >= COALESCE((SELECT MAX(byte_offset)
                                       FROM raw_block
                                      WHERE source_id = :sourceId
                                        AND byte_offset <= :from), 0)
        AND byte_offset < :to
      ORDER BY byte_offset`,
  );
  const block = db.prepare<[number], BlockRow>(
    `SELECT id, source_id, byte_offset, byte_length, codec, checksum, data, pack_id, pack_offset
       FROM raw_block
      WHERE id = ?`,
  );
  const bins = db.prepare<[number], BinsRow>(
    `SELECT segment_id AS segmentId, micros, first_bin AS first, samples, codec, bytes, data
       FROM segment_bins
      WHERE segment_id > ?
      ORDER BY segment_id`,
  );
  return { segments, place, columns, column, blockPlaces, block, bins };
}

export const segmentOf = (row: SegmentTableRow): SegmentRow => ({
  id: row.id,
  sourceId: row.source_id,
  count: row.count,
  firstTime: row.first_time,
  lastTime: row.last_time,
  levels: row.levels,
  kinds: row.kinds,
  firstOffset: row.first_offset,
  lastOffset: row.last_offset,
  format: row.format,
});

type NumberOrNull = number | null;

export interface SegmentInserts {
  /** `format` is what the records are read with, null for the format of the source. */
  segment(sourceId: number, segment: EncodedSegment, format: string | null, packs?: PackIds): void;
  /** Where the stored text of a source ends, and the next block begins. */
  textEnd(sourceId: number): number;
  /** Throws unless the blocks go on where the stored text of the source ends: text with a hole is a bug. */
  blocks(sourceId: number, blocks: readonly RawBlock[], packs?: PackIds): void;
}

export function prepareSegmentInserts(db: Connection): SegmentInserts {
  const segment = db.prepare<
    [
      number,
      number,
      NumberOrNull,
      NumberOrNull,
      number,
      number,
      number,
      number,
      string | null,
      NumberOrNull,
      NumberOrNull,
    ]
  >(
    `INSERT INTO segment (source_id, count, first_time, last_time, levels, kinds, first_offset, last_offset, format,
                          pack_id, pack_row)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const bins = db.prepare<[number, number, number, number, string, number, Uint8Array]>(
    `INSERT INTO segment_bins (segment_id, micros, first_bin, samples, codec, bytes, data)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const column = db.prepare<[number, string, string, number, Uint8Array]>(
    `INSERT INTO segment_column (segment_id, name, codec, checksum, data)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const block = db.prepare<[number, number, number, string, number, Uint8Array, NumberOrNull, NumberOrNull]>(
    `INSERT INTO raw_block (source_id, byte_offset, byte_length, codec, checksum, data, pack_id, pack_offset)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const lastBlock = db.prepare<[number], { end: number }>(
    `SELECT byte_offset + byte_length AS end
       FROM raw_block
      WHERE source_id = ?
      ORDER BY byte_offset DESC
      LIMIT 1`,
  );
  const textEnd = (sourceId: number): number => lastBlock.get(sourceId)?.end ?? 0;
  return {
    textEnd,
    segment(sourceId: number, s: EncodedSegment, format: string | null, packs = NO_PACKS): void {
      const { lastInsertRowid } = segment.run(
        sourceId,
        s.count,
        s.firstTime,
        s.lastTime,
        s.levels,
        s.kinds,
        s.firstOffset,
        s.lastOffset,
        format,
        idOf(packs.columns, s.shared),
        s.shared?.at ?? null,
      );
      const id = Number(lastInsertRowid);
      bins.run(id, s.bins.micros, s.bins.first, s.bins.samples, s.bins.codec, s.bins.bytes, s.bins.data);
      for (const { column: name, codec, data } of s.columns) column.run(id, name, codec, checksum(data), data);
    },
    blocks(sourceId: number, blocks: readonly RawBlock[], packs = NO_PACKS): void {
      let end = textEnd(sourceId);
      for (const { offset, length, codec, data, shared } of blocks) {
        if (offset !== end)
          throw new Error(`source ${sourceId}: a block starts at ${offset}, the text so far ends at ${end}`);
        const pack = idOf(packs.texts, shared);
        block.run(sourceId, offset, length, codec, checksum(data), data, pack, shared?.at ?? null);
        end += length;
      }
    },
  };
}

function idOf(packs: readonly number[], shared: SharedPlace | undefined): number | null {
  if (shared === undefined) return null;
  const id = packs[shared.pack] ?? 0;
  if (id === 0) throw new Error(`a part lies in pack ${shared.pack}, which did not come with it`);
  return id;
}

/** Deletes the records and the text of a source. */
export function deleteSegments(db: Connection, sourceId: number): void {
  leavePacks(db, sourceId);
  db.prepare<[number]>(`DELETE FROM segment WHERE source_id = ?`).run(sourceId);
  db.prepare<[number]>(`DELETE FROM raw_block WHERE source_id = ?`).run(sourceId);
  dropUnusedPacks(db);
}
