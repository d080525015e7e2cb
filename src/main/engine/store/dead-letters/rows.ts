// A dead letter as a row, and how letters that an import met are stored.
import { createHash } from "node:crypto";
import type {
  DeadLetter,
  DeadLetterInput,
  DeadLetterStage,
  Surroundings,
} from "../../../../shared/model/dead-letter.ts";
import { micros } from "../../../../shared/units.ts";
import type { Connection } from "../sqlite.ts";

export interface DeadLetterRow {
  id: number;
  source_id: number;
  path: string;
  connector: string;
  format: string;
  format_version: number;
  idempotency_key: string;
  byte_offset: number;
  byte_length: number;
  line: number;
  stage: string;
  reason: string;
  message: string;
  raw: Uint8Array;
  is_edited: number;
  attempts: number;
  replay_generation: number;
  first_at: number;
  last_at: number;
}

/** With what became of them. */
export function deleteLettersOf(db: Connection, sourceId: number): void {
  for (const table of ["dead_letter", "dead_letter_history", "settled_dead_letter"]) {
    db.prepare<[number]>(`DELETE FROM ${table} WHERE source_id = ?`).run(sourceId);
  }
}

/** What {@link letterOf} reads, of dead_letter joined with source; `raw` says how much of the bytes. */
export const letterColumns = (raw = "raw"): string =>
  `dead_letter.id, source_id, source.path, dead_letter.connector, dead_letter.format, dead_letter.format_version,
   idempotency_key, byte_offset, byte_length, line, stage, reason, message, ${raw} AS raw,
   edited IS NOT NULL AS is_edited, attempts, replay_generation, first_at, last_at`;

export const letterOf = (row: DeadLetterRow): DeadLetter => ({
  id: row.id,
  sourceId: row.source_id,
  path: row.path,
  connector: row.connector,
  format: row.format,
  formatVersion: row.format_version,
  key: row.idempotency_key,
  offset: row.byte_offset,
  length: row.byte_length,
  line: row.line,
  stage: row.stage as DeadLetterStage,
  reason: row.reason,
  message: row.message,
  raw: new Uint8Array(row.raw),
  edited: row.is_edited !== 0,
  attempts: row.attempts,
  generation: row.replay_generation,
  firstAt: micros(row.first_at),
  lastAt: micros(row.last_at),
});

const KEY_DIGITS = 32;

/** SHA-256 of the bytes that the letter holds. */
export const hashOf = (raw: Uint8Array): Buffer => createHash("sha256").update(raw).digest();

/** The same bytes at the same place of a source give the same key, in every copy of the case. */
const keyOf = (offset: number, length: number, hash: Buffer): string =>
  `${offset}-${length}-${hash.toString("hex").slice(0, KEY_DIGITS)}`;

/** As the case keeps it. */
export const aroundText = (around: Surroundings | null | undefined): string | null =>
  around === null || around === undefined ? null : JSON.stringify([around.before, around.after]);

/** Undefined for what is none: a case may come from anybody. */
export function aroundOf(text: string | null): Surroundings | undefined {
  if (text === null) return undefined;
  try {
    const [before, after] = JSON.parse(text) as unknown[];
    return typeof before === "string" && typeof after === "string" ? { before, after } : undefined;
  } catch {
    return undefined;
  }
}

export interface NewLetters {
  readonly letters: readonly DeadLetterInput[];
  /** What they were read as; null is the format that the source has by now. */
  readonly format: { readonly id: string; readonly version: number } | null;
  readonly generation: number;
}

/** The connector is the one that the source has by now. */
export function insertDeadLetters(db: Connection, sourceId: number, input: NewLetters, now: number): void {
  const { letters, format, generation } = input;
  if (letters.length === 0) return;
  const put = db.prepare(
    `INSERT INTO dead_letter (source_id, byte_offset, byte_length, line, stage, reason, message, raw, raw_hash,
                              connector, format, format_version, first_at, last_at, replay_generation,
                              idempotency_key, around)
     SELECT id, :offset, :length, :line, :stage, :reason, :message, :raw, :hash,
            connector, COALESCE(:format, format, ''), COALESCE(:version, format_version, 0), :now, :now, :generation,
            :key, :around
       FROM source
      WHERE id = :sourceId
         ON CONFLICT (source_id, idempotency_key) DO NOTHING`,
  );
  const more = { format: format?.id ?? null, version: format?.version ?? null, generation, sourceId, now };
  for (const { offset, length, line, stage, reason, message, raw, around } of letters) {
    const hash = hashOf(raw);
    const key = keyOf(offset, length, hash);
    const row = { ...more, offset, length, line, stage, reason, message, raw, hash, around: aroundText(around) };
    // Two complaints about the same bytes are two letters: each is counted.
    for (let same = 1; put.run({ ...row, key: same === 1 ? key : `${key}-${same}` }).changes === 0;) same += 1;
  }
}
