// What happened to a letter. The reading itself is told by the letter, and written down once something else happens.
import type { Statement } from "better-sqlite3";
import { micros } from "../../../../shared/units.ts";
import type { DeadLetterAction, DeadLetterStep } from "../../../../shared/model/dead-letter.ts";
import type { Connection } from "../sqlite.ts";

interface StepRow {
  at: number;
  action: string;
  attempt: number;
  format: string | null;
  zone: string | null;
  encoding: string | null;
  reason: string | null;
  message: string | null;
  text: Uint8Array | null;
}

export type NewStep = Partial<StepRow> & { readonly action: DeadLetterAction; readonly at: number };

/** Writes down the reading that made the letter, unless that was done. */
export function rememberReading(db: Connection, letterId: number): void {
  db.prepare<[number]>(
    `INSERT INTO dead_letter_history (letter_id, source_id, at, action, attempt, format, reason, message)
     SELECT id, source_id, first_at, 'read', 1, format, reason, message
       FROM dead_letter
      WHERE id = ?
        AND NOT EXISTS (SELECT 1 FROM dead_letter_history WHERE letter_id = dead_letter.id)`,
  ).run(letterId);
}

/** Prepared once a connection: letters come by the hundred thousand. */
const inserts = new WeakMap<Connection, Statement>();

function insertOf(db: Connection): Statement {
  const known = inserts.get(db);
  if (known !== undefined) return known;
  const insert = db.prepare(
    `INSERT INTO dead_letter_history (letter_id, source_id, at, action, attempt, format, zone, encoding, reason,
                                      message, text)
     VALUES (:letterId, :sourceId, :at, :action, :attempt, :format, :zone, :encoding, :reason, :message, :text)`,
  );
  inserts.set(db, insert);
  return insert;
}

export function addStep(db: Connection, letterId: number, sourceId: number, step: NewStep): void {
  insertOf(db).run({
    letterId,
    sourceId,
    at: step.at,
    action: step.action,
    attempt: step.attempt ?? 0,
    format: step.format ?? null,
    zone: step.zone ?? null,
    encoding: step.encoding ?? null,
    reason: step.reason ?? null,
    message: step.message ?? null,
    text: step.text ?? null,
  });
}

/** Oldest first; empty for a letter that nothing happened to. */
export function listSteps(db: Connection, letterId: number): DeadLetterStep[] {
  return db
    .prepare<[number], StepRow>(
      `SELECT at, action, attempt, format, zone, encoding, reason, message, text
         FROM dead_letter_history
        WHERE letter_id = ?
        ORDER BY id`,
    )
    .all(letterId)
    .map(({ at, action, attempt, format, zone, encoding, reason, message, text }) => ({
      at: micros(at),
      action: action as DeadLetterAction,
      attempt,
      format,
      zone,
      encoding,
      reason,
      message,
      text: text === null ? null : new Uint8Array(text),
    }));
}
