// A text beside the original: the bytes that were read are never changed.
import { noSuchLetter } from "./queries.ts";
import type { Connection } from "../sqlite.ts";
import { addStep, rememberReading } from "./history.ts";

/** Null goes back to the original. The same text again changes nothing. */
export function editDeadLetter(db: Connection, id: number, text: Uint8Array | null, now: number): boolean {
  const letter = db
    .prepare<[number], { source_id: number; edited: Uint8Array | null }>(
      `SELECT source_id, edited
         FROM dead_letter
        WHERE id = ?`,
    )
    .get(id);
  if (letter === undefined) throw noSuchLetter(db, id);
  const { edited } = letter;
  const isSame = text === null ? edited === null : edited !== null && Buffer.compare(text, edited) === 0;
  if (isSame) return false;
  rememberReading(db, id);
  addStep(db, id, letter.source_id, { action: text === null ? "restored" : "edited", at: now, text });
  db.prepare<[Uint8Array | null, number]>(
    `UPDATE dead_letter
        SET edited = ?, edits = edits + 1
      WHERE id = ?`,
  ).run(text, id);
  return true;
}
