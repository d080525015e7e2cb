// Letters that come from a file of exported ones. A letter that is in the case, or was replayed in it, is not taken
// twice; one that was discarded comes back.
import { DEAD_LETTER_RAW_LIMIT } from "../../../../shared/model/dead-letter.ts";
import type { Accounting } from "../../../../shared/model/source.ts";
import { moved } from "../accounting.ts";
import { RawBlockCutter } from "../raw-block.ts";
import type { SegmentInserts } from "../segments.ts";
import { findSource, insertSource, updateSource, type StoredSource } from "../sources.ts";
import type { Connection } from "../sqlite.ts";
import { editDeadLetter } from "./edit.ts";
import { addStep, rememberReading } from "./history.ts";
import type { ImportedCounts, ImportedLetter } from "./protocol.ts";
import { aroundText, hashOf } from "./rows.ts";
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
  const taking = new LetterImport(db, inserts, now);
  for (const letter of letters) counts[taking.take(letter)] += 1;
  taking.storeAccounts();
  return counts;
}

interface Settled {
  letter_id: number;
  outcome: string;
  reason: string | null;
}

/** One transaction of an import. */
class LetterImport {
  readonly #db: Connection;
  readonly #inserts: SegmentInserts;
  readonly #now: number;
  readonly #known;
  readonly #settled;
  readonly #revive;
  readonly #insert;
  /** Sources by path, and their accounting as it grows. */
  readonly #sources = new Map<string, StoredSource>();
  readonly #accounts = new Map<number, Accounting>();

  constructor(db: Connection, inserts: SegmentInserts, now: number) {
    this.#db = db;
    this.#inserts = inserts;
    this.#now = now;
    this.#known = db.prepare<[number, string], { id: number }>(
      `SELECT id
         FROM dead_letter
        WHERE source_id = ?
          AND idempotency_key = ?`,
    );
    this.#settled = db.prepare<[number, string], Settled>(
      `SELECT letter_id, outcome, reason
         FROM settled_dead_letter
        WHERE source_id = ?
          AND idempotency_key = ?`,
    );
    this.#revive = db.prepare<[number]>(`DELETE FROM settled_dead_letter WHERE letter_id = ?`);
    this.#insert = db.prepare(
      `INSERT INTO dead_letter (id, source_id, byte_offset, byte_length, line, stage, reason, message, raw, raw_hash,
                                connector, format, format_version, attempts, first_at, last_at, replay_generation,
                                idempotency_key, edited, raw_at, around)
       VALUES (:id, :sourceId, :offset, :length, :line, :stage, :reason, :message, :kept, :hash,
               :connector, :format, :formatVersion, :attempts, :firstAt, :lastAt, :generation,
               :key, :edited, :rawAt, :around)`,
    );
  }

  take(letter: ImportedLetter): keyof ImportedCounts {
    const source = this.#sourceOf(letter);
    const known = this.#known.get(source.id, letter.key);
    if (known !== undefined) {
      const isEdit = letter.edited !== null && editDeadLetter(this.#db, known.id, letter.edited, this.#now);
      return isEdit ? "edited" : "skipped";
    }
    const settled = this.#settled.get(source.id, letter.key);
    if (settled !== undefined && settled.outcome !== "discarded") return "skipped";
    const why = settled?.reason ?? null;
    const before = this.#accounts.get(source.id) ?? source;
    const skippedWhy = why === null ? {} : { [why]: -1 };
    this.#accounts.set(source.id, moved(before, { records: 0, deadLetters: 1, skippedWhy }));
    if (settled !== undefined) this.#revive.run(settled.letter_id);
    const id = this.#put(source.id, letter, settled?.letter_id ?? null);
    this.#remember(source.id, id, letter, settled !== undefined);
    return "imported";
  }

  storeAccounts(): void {
    for (const [id, accounting] of this.#accounts) updateSource(this.#db, id, { accounting });
  }

  #sourceOf(letter: ImportedLetter): StoredSource {
    const known = this.#sources.get(letter.path);
    if (known !== undefined) return known;
    const source = sourceFor(this.#db, letter, this.#now);
    this.#sources.set(letter.path, source);
    return source;
  }

  #put(sourceId: number, letter: ImportedLetter, id: number | null): number {
    const { raw, offset, length, line, stage, reason, message, key, edited } = letter;
    const kept = raw.subarray(0, DEAD_LETTER_RAW_LIMIT);
    const { lastInsertRowid } = this.#insert.run({
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
      around: aroundText(letter.around),
      rawAt: raw.byteLength > kept.byteLength ? storeText(this.#inserts, sourceId, raw) : null,
    });
    return Number(lastInsertRowid);
  }

  #remember(sourceId: number, id: number, letter: ImportedLetter, isRevived: boolean): void {
    if (isRevived) {
      rememberReading(this.#db, id);
      addStep(this.#db, id, sourceId, { action: "revived", at: this.#now });
      return;
    }
    for (const step of letter.history) addStep(this.#db, id, sourceId, step);
    addStep(this.#db, id, sourceId, { action: "imported", at: this.#now });
  }
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

/** Long text lies with the text of its source, where a replay reads it. */
function storeText(inserts: SegmentInserts, sourceId: number, raw: Uint8Array): number {
  const at = inserts.textEnd(sourceId);
  const cutter = new RawBlockCutter(at);
  inserts.blocks(sourceId, [...cutter.push(raw), ...cutter.flush()]);
  return at;
}
