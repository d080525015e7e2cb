// Letters that come from a file of exported ones. A letter that is in the case, or was replayed in it, is not taken
// twice; one that was discarded comes back.
import { DEAD_LETTER_RAW_LIMIT } from "../../../../shared/model/dead-letter.ts";
import { moved } from "../accounting.ts";
import { RawBlockCutter } from "../raw-block.ts";
import type { SegmentInserts } from "../segments.ts";
import { findSource, insertSource, updateSource, type StoredSource } from "../sources.ts";
import type { Connection } from "../sqlite.ts";
import { editDeadLetter } from "./edit.ts";
import { addStep, rememberReading } from "./history.ts";
import type { ImportedCounts, ImportedLetter } from "./protocol.ts";
import { hashOf } from "./rows.ts";
import { quietSource } from "./settle.ts";

/** Identity of a source of which only letters came; the source itself, once it is added, is read. */
const LETTERS_ONLY = "dead letters";

export function importDeadLetters(
  db: Connection,
  inserts: SegmentInserts,
  letters: readonly ImportedLetter[],
  now: number,
): ImportedCounts {
  const counts = { imported: 0, edited: 0, skipped: 0 };
  for (const letter of letters) counts[importOne(db, inserts, letter, now)] += 1;
  return counts;
}

function importOne(db: Connection, inserts: SegmentInserts, letter: ImportedLetter, now: number): keyof ImportedCounts {
  const source = sourceFor(db, letter, now);
  const known = db
    .prepare<[number, string], { id: number }>(
      `SELECT id
         FROM dead_letter
        WHERE source_id = ?
          AND idempotency_key = ?`,
    )
    .get(source.id, letter.key);
  if (known !== undefined) {
    const isEdit = letter.edited !== null && editDeadLetter(db, known.id, letter.edited, now);
    return isEdit ? "edited" : "skipped";
  }
  const settled = db
    .prepare<[number, string], { letter_id: number; outcome: string; reason: string | null }>(
      `SELECT letter_id, outcome, reason
         FROM settled_dead_letter
        WHERE source_id = ?
          AND idempotency_key = ?`,
    )
    .get(source.id, letter.key);
  if (settled !== undefined && settled.outcome !== "discarded") return "skipped";
  const revived = settled === undefined ? null : settled.letter_id;
  const why = settled?.reason;
  const skippedWhy = why === undefined || why === null ? {} : { [why]: -1 };
  updateSource(db, source.id, { accounting: moved(source, { records: 0, deadLetters: 1, skippedWhy }) });
  if (revived !== null) db.prepare<[number]>(`DELETE FROM settled_dead_letter WHERE letter_id = ?`).run(revived);
  const id = insert(db, inserts, source.id, letter, revived);
  remember(db, source.id, id, letter, revived !== null, now);
  return "imported";
}

/** Only letters of it are here: so much is "done". */
function sourceFor(db: Connection, letter: ImportedLetter, now: number): StoredSource {
  const known = findSource(db, letter.path);
  if (known !== null) return quietSource(db, known.id);
  const { path, connector, zone, format, formatVersion } = letter;
  const id = insertSource(db, { path, connector, zone, bytes: 0, identity: LETTERS_ONLY }, now);
  updateSource(db, id, {
    state: "done",
    format: format === "" ? null : format,
    formatVersion,
    messages: ["Only dead letters of it are here; add the path to read it whole."],
  });
  return quietSource(db, id);
}

function insert(
  db: Connection,
  inserts: SegmentInserts,
  sourceId: number,
  letter: ImportedLetter,
  id: number | null,
): number {
  const { raw, offset, length, line, stage, reason, message, key, edited } = letter;
  const kept = raw.subarray(0, DEAD_LETTER_RAW_LIMIT);
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO dead_letter (id, source_id, byte_offset, byte_length, line, stage, reason, message, raw, raw_hash,
                                connector, format, format_version, attempts, first_at, last_at, replay_generation,
                                idempotency_key, edited, raw_at)
       VALUES (:id, :sourceId, :offset, :length, :line, :stage, :reason, :message, :kept, :hash,
               :connector, :format, :formatVersion, :attempts, :firstAt, :lastAt, :generation,
               :key, :edited, :rawAt)`,
    )
    .run({
      id,
      sourceId,
      offset,
      length,
      line,
      stage,
      reason,
      message,
      kept,
      key,
      edited,
      hash: hashOf(kept),
      connector: letter.connector,
      format: letter.format,
      formatVersion: letter.formatVersion,
      attempts: letter.attempts,
      generation: letter.generation,
      firstAt: letter.firstAt,
      lastAt: letter.lastAt,
      rawAt: raw.byteLength > kept.byteLength ? storeText(inserts, sourceId, raw) : null,
    });
  return Number(lastInsertRowid);
}

/** Long text lies with the text of its source, where a replay reads it. */
function storeText(inserts: SegmentInserts, sourceId: number, raw: Uint8Array): number {
  const at = inserts.textEnd(sourceId);
  const cutter = new RawBlockCutter(at);
  inserts.blocks(sourceId, [...cutter.push(raw), ...cutter.flush()]);
  return at;
}

function remember(
  db: Connection,
  sourceId: number,
  id: number,
  letter: ImportedLetter,
  isRevived: boolean,
  now: number,
): void {
  if (isRevived) {
    rememberReading(db, id);
    addStep(db, id, sourceId, { action: "revived", at: now });
    return;
  }
  for (const step of letter.history) addStep(db, id, sourceId, step);
  addStep(db, id, sourceId, { action: "imported", at: now });
}
