// What small sources share: packs of columns and of text, as rows.
import type { Statement } from "better-sqlite3";
import { checksum } from "./compression.ts";
import type { Batch, EncodedColumn, EncodedSegment, RawBlock, SharedPacks } from "./protocol.ts";
import type { Connection } from "./sqlite.ts";

/** Ids in the case, in the order of the packs. */
export interface PackIds {
  readonly columns: readonly number[];
  readonly texts: readonly number[];
}

export const NO_PACKS: PackIds = { columns: [], texts: [] };

/** Stores the packs that parts of these batches lie in; 0 stands for one that none does. */
export function insertPacks(db: Connection, { columns, texts }: SharedPacks, batches: readonly Batch[]): PackIds {
  const columnUses = usesOf(batches.flatMap(({ segments }) => segments));
  const textUses = usesOf(batches.flatMap(({ blocks }) => blocks));
  const insertPack = db.prepare<[number, number]>(`INSERT INTO column_pack (rows, uses) VALUES (?, ?)`);
  const insertColumn = db.prepare<[number, string, string, number, Uint8Array]>(
    `INSERT INTO pack_column (pack_id, name, codec, checksum, data)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const insertText = db.prepare<[number, number, string, number, Uint8Array]>(
    `INSERT INTO text_pack (byte_length, uses, codec, checksum, data)
     VALUES (?, ?, ?, ?, ?)`,
  );
  return {
    columns: columns.map(({ rows, columns: encoded }, index) => {
      const uses = columnUses.get(index) ?? 0;
      if (uses === 0) return 0;
      const id = Number(insertPack.run(rows, uses).lastInsertRowid);
      for (const { column, codec, data } of encoded) insertColumn.run(id, column, codec, checksum(data), data);
      return id;
    }),
    texts: texts.map(({ length, codec, data }, index) => {
      const uses = textUses.get(index) ?? 0;
      if (uses === 0) return 0;
      return Number(insertText.run(length, uses, codec, checksum(data), data).lastInsertRowid);
    }),
  };
}

/** How many of these lie in each pack. */
function usesOf(parts: readonly (EncodedSegment | RawBlock)[]): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  for (const { shared } of parts) if (shared !== undefined) uses.set(shared.pack, (uses.get(shared.pack) ?? 0) + 1);
  return uses;
}

/** Before the segments and the text of a source go: a pack in which nothing lies any more goes with them. */
export function leavePacks(db: Connection, sourceId: number): void {
  for (const [pack, part] of [
    ["column_pack", "segment"],
    ["text_pack", "raw_block"],
  ] as const) {
    const used = db
      .prepare<[number], { id: number; uses: number }>(
        `SELECT pack_id AS id, COUNT(*) AS uses
           FROM ${part}
          WHERE source_id = ?
            AND pack_id IS NOT NULL
          GROUP BY pack_id`,
      )
      .all(sourceId);
    const leave = db.prepare<[number, number]>(`UPDATE ${pack} SET uses = uses - ? WHERE id = ?`);
    for (const { id, uses } of used) leave.run(uses, id);
  }
}

/** After they went. */
export function dropUnusedPacks(db: Connection): void {
  db.exec(`DELETE FROM column_pack WHERE uses <= 0; DELETE FROM text_pack WHERE uses <= 0`);
}

/** Of a pack, or of one segment. */
export interface ColumnRow {
  name: EncodedColumn["column"];
  codec: string;
  checksum: number;
  data: Uint8Array;
}

export interface TextPackRow {
  byte_length: number;
  codec: RawBlock["codec"];
  checksum: number;
  data: Uint8Array;
}

export interface PackQueries {
  readonly rows: Statement<[number], { rows: number }>;
  readonly column: Statement<[number, string], ColumnRow>;
  readonly text: Statement<[number], TextPackRow>;
}

export const preparePackQueries = (db: Connection): PackQueries => ({
  rows: db.prepare(`SELECT rows FROM column_pack WHERE id = ?`),
  column: db.prepare(
    `SELECT name, codec, checksum, data
       FROM pack_column
      WHERE pack_id = ?
        AND name = ?`,
  ),
  text: db.prepare(
    `SELECT byte_length, codec, checksum, data
       FROM text_pack
      WHERE id = ?`,
  ),
});
