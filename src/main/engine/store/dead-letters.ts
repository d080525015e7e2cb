// Input that could not become a record, kept with its bytes until somebody mends or discards it.
import { createHash } from "node:crypto";
import type { DeadLetter, DeadLetterInput, DeadLetterStage } from "../../../shared/model/dead-letter.ts";
import { micros } from "../../../shared/units.ts";
import { decodeCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import type { Connection } from "./sqlite.ts";

interface DeadLetterRow {
  id: number;
  source_id: number;
  path: string;
  format: string;
  byte_offset: number;
  byte_length: number;
  line: number;
  stage: string;
  reason: string;
  message: string;
  raw: Uint8Array;
  attempts: number;
  first_at: number;
  last_at: number;
}

export interface DeadLetterFilter {
  readonly sourceId: number | null;
  readonly reason: string | null;
}

export interface DeadLetterPage extends Page<DeadLetter> {
  /** Of all that the source has, whatever the reason asked for, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

type Parameter = string | number;

/** In the order in which they were met. */
export function listDeadLetters(db: Connection, filter: DeadLetterFilter, page: PageRequest): DeadLetterPage {
  const ofSource = filter.sourceId === null ? "TRUE" : "source_id = ?";
  const sourceIds: Parameter[] = filter.sourceId === null ? [] : [filter.sourceId];
  const reasons = db
    .prepare<Parameter[], { reason: string; count: number }>(
      `SELECT reason, COUNT(*) AS count
         FROM dead_letter
        WHERE ${ofSource}
        GROUP BY reason
        ORDER BY count DESC, reason`,
    )
    .all(...sourceIds);
  const ofReason = filter.reason === null ? "TRUE" : "reason = ?";
  const total = reasons
    .filter(({ reason }) => filter.reason === null || reason === filter.reason)
    .reduce((sum, { count }) => sum + count, 0);
  const rows = db
    .prepare<Parameter[], DeadLetterRow>(
      `SELECT dead_letter.id, source_id, source.path, dead_letter.format, byte_offset, byte_length, line, stage,
              reason, message, raw, attempts, first_at, last_at
         FROM dead_letter
         JOIN source ON source.id = source_id
        WHERE ${ofSource}
          AND ${ofReason}
          AND dead_letter.id > ?
        ORDER BY dead_letter.id
        LIMIT ?`,
    )
    .all(
      ...sourceIds,
      ...(filter.reason === null ? [] : [filter.reason]),
      page.after === null ? 0 : (decodeCursor(page.after, 1)[0] ?? 0),
      page.limit + 1,
    );
  return { ...pageOf(rows, page.limit, total, (row) => [row.id], deadLetterOf), reasons };
}

function deadLetterOf(row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    sourceId: row.source_id,
    path: row.path,
    format: row.format,
    offset: row.byte_offset,
    length: row.byte_length,
    line: row.line,
    stage: row.stage as DeadLetterStage,
    reason: row.reason,
    message: row.message,
    raw: new Uint8Array(row.raw),
    attempts: row.attempts,
    firstAt: micros(row.first_at),
    lastAt: micros(row.last_at),
  };
}

/** Connector and format are those that the source has by now. */
export function insertDeadLetters(
  db: Connection,
  sourceId: number,
  letters: readonly DeadLetterInput[],
  now: number,
): void {
  if (letters.length === 0) return;
  const put = db.prepare(
    `INSERT INTO dead_letter (source_id, byte_offset, byte_length, line, stage, reason, message, raw, raw_hash,
                              connector, format, format_version, first_at, last_at)
     SELECT id, :offset, :length, :line, :stage, :reason, :message, :raw, :hash,
            connector, COALESCE(format, ''), COALESCE(format_version, 0), :now, :now
       FROM source
      WHERE id = :source_id`,
  );
  for (const { offset, length, line, stage, reason, message, raw } of letters) {
    const hash = createHash("sha256").update(raw).digest();
    put.run({ source_id: sourceId, offset, length, line, stage, reason, message, raw, hash, now });
  }
}
