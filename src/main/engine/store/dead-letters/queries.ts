// What can be asked of the dead letters besides their list: groups, one with its history, what became of one.
import { FailureError } from "../../../../shared/failure.ts";
import type { DeadLetter, DeadLetterStep } from "../../../../shared/model/dead-letter.ts";
import { micros, type Micros } from "../../../../shared/units.ts";
import type { Connection } from "../sqlite.ts";
import type { Parameter } from "./choice.ts";
import { listSteps } from "./history.ts";
import { listDeadLetters } from "./list.ts";
import { letterColumns, letterOf, type DeadLetterRow } from "./rows.ts";

export interface DeadLetterGroup {
  readonly reason: string;
  /** Null when the group spans sources. */
  readonly sourceId: number | null;
  readonly path: string | null;
  readonly count: number;
  readonly bytes: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly examples: readonly DeadLetter[];
}

interface GroupRow {
  reason: string;
  source_id: number | null;
  path: string | null;
  count: number;
  bytes: number;
  first_at: number;
  last_at: number;
}

/** Bytes of an example's raw text. */
const EXAMPLE_BYTES = 512;

/** Most frequent first; with `bySource` each source makes groups of its own. */
export function groupDeadLetters(
  db: Connection,
  { sourceId, bySource, examples }: { sourceId: number | null; bySource: boolean; examples: number },
): DeadLetterGroup[] {
  const perSource = bySource || sourceId !== null;
  const groups = db
    .prepare<Parameter[], GroupRow>(
      `SELECT reason, ${perSource ? "source_id, (SELECT path FROM source WHERE id = source_id)" : "NULL AS source_id, NULL"} AS path,
              COUNT(*) AS count, SUM(byte_length) AS bytes, MIN(first_at) AS first_at, MAX(last_at) AS last_at
         FROM dead_letter
        WHERE ${sourceId === null ? "TRUE" : "source_id = ?"}
        GROUP BY reason${perSource ? ", source_id" : ""}
        ORDER BY count DESC, reason, source_id`,
    )
    .all(...(sourceId === null ? [] : [sourceId]));
  return groups.map((group) => ({
    reason: group.reason,
    sourceId: group.source_id,
    path: group.path,
    count: group.count,
    bytes: group.bytes,
    firstAt: micros(group.first_at),
    lastAt: micros(group.last_at),
    examples:
      examples === 0
        ? []
        : listDeadLetters(
            db,
            { sourceId: group.source_id, reason: group.reason },
            { limit: examples, after: null, rawBytes: EXAMPLE_BYTES },
          ).items,
  }));
}

export interface LetterWithHistory {
  readonly letter: DeadLetter;
  readonly edited: Uint8Array | null;
  readonly history: readonly DeadLetterStep[];
}

/** Fails with "not-found", and says what became of a letter that was replayed or discarded. */
export function getDeadLetter(db: Connection, id: number): LetterWithHistory {
  const row = db
    .prepare<[number], DeadLetterRow & { edited: Uint8Array | null }>(
      `SELECT ${letterColumns()}, edited
         FROM dead_letter
         JOIN source ON source.id = source_id
        WHERE dead_letter.id = ?`,
    )
    .get(id);
  if (row === undefined) throw noSuchLetter(db, id);
  const letter = letterOf(row);
  return {
    letter,
    edited: row.edited === null ? null : new Uint8Array(row.edited),
    history: historyOf(db, letter),
  };
}

/** Oldest first; the reading itself is told by the letter until something else happens to it. */
export function historyOf(db: Connection, letter: DeadLetter): readonly DeadLetterStep[] {
  const steps = listSteps(db, letter.id);
  if (steps.length > 0) return steps;
  const reading: DeadLetterStep = {
    at: letter.firstAt,
    action: "read",
    attempt: 1,
    format: letter.format,
    zone: null,
    encoding: null,
    reason: letter.reason,
    message: letter.message,
    text: null,
  };
  return [reading];
}

/** Whether the letter was there and is none any more. */
export const wasSettled = (db: Connection, id: number): boolean =>
  db.prepare<[number]>(`SELECT 1 FROM settled_dead_letter WHERE letter_id = ?`).get(id) !== undefined;

export function noSuchLetter(db: Connection, id: number): FailureError {
  const settled = db
    .prepare<[number], { outcome: string; reason: string | null; at: number }>(
      `SELECT outcome, reason, at
         FROM settled_dead_letter
        WHERE letter_id = ?`,
    )
    .get(id);
  if (settled === undefined) {
    return new FailureError("not-found", `The case has no dead letter ${id}. "faultline dlq list" lists them.`);
  }
  const when = new Date(settled.at / 1_000).toISOString();
  const became =
    settled.outcome === "replayed" ? "was replayed and is a record" : `counts as skipped (${settled.reason ?? ""})`;
  return new FailureError("not-found", `Dead letter ${id} ${became} since ${when}.`);
}
