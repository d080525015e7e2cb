// How a letter ends: as records, as discarded, or forgotten for its age. The accounting of its source moves with it, in
// the same transaction.
import { FailureError } from "../../../../shared/failure.ts";
import { isBeingRead, type DeadLetterChoice } from "../../../../shared/model/dead-letter.ts";
import type { Accounting } from "../../../../shared/model/source.ts";
import { moved } from "../accounting.ts";
import type { SegmentInserts } from "../segments.ts";
import { readSource, updateSource, widenSource, type StoredSource } from "../sources.ts";
import type { Connection } from "../sqlite.ts";
import { conditionOf, OF_QUIET_SOURCES, sizeOf, type Parameter } from "./choice.ts";
import { addStep, rememberReading } from "./history.ts";
import type { LetterOutcome, ReplayBatch } from "./protocol.ts";
import { noSuchLetter, wasSettled } from "./queries.ts";
import { insertDeadLetters } from "./rows.ts";

interface LetterState {
  version: number;
  attempts: number;
  replay_generation: number;
}

export function commitReplay(db: Connection, inserts: SegmentInserts, batch: ReplayBatch, now: number): void {
  const { sourceId, format, segments, blocks, outcomes } = batch;
  const source = quietSource(db, sourceId);
  const [first] = blocks;
  if (first !== undefined && first.offset !== inserts.textEnd(sourceId)) throw stale();
  const state = db.prepare<[number, number], LetterState>(
    `SELECT attempts + edits AS version, attempts, replay_generation
       FROM dead_letter
      WHERE id = ?
        AND source_id = ?`,
  );
  const settle = settler(db);
  let after: Accounting = source;
  let records = 0;
  for (const outcome of outcomes) {
    const letter = state.get(outcome.id, sourceId);
    if (letter === undefined || letter.version !== outcome.version) throw stale();
    if (outcome.outcome === "failed") {
      failAgain(db, sourceId, outcome, letter.attempts + 1, format.id, now);
      continue;
    }
    settle(outcome.id, outcome.outcome, Object.keys(outcome.skippedWhy)[0] ?? null, now);
    insertDeadLetters(db, sourceId, { letters: outcome.rest, format, generation: letter.replay_generation + 1 }, now);
    records += outcome.records;
    after = moved(after, {
      records: outcome.records,
      deadLetters: outcome.rest.length - 1,
      skippedWhy: outcome.skippedWhy,
    });
  }
  if (records !== segments.reduce((sum, { count }) => sum + count, 0)) {
    throw new Error(`replay: ${records} records are counted for source ${sourceId}, others are handed over`);
  }
  const own = format.id === source.format ? null : format.id;
  for (const segment of segments) {
    inserts.segment(sourceId, segment, own);
    if (segment.firstTime !== null && segment.lastTime !== null) {
      widenSource(db, sourceId, segment.firstTime, segment.lastTime);
    }
  }
  inserts.blocks(sourceId, blocks);
  updateSource(db, sourceId, { accounting: after });
}

function failAgain(
  db: Connection,
  sourceId: number,
  { id, stage, reason, message, readAs }: LetterOutcome,
  attempt: number,
  format: string,
  now: number,
): void {
  rememberReading(db, id);
  addStep(db, id, sourceId, { ...readAs, action: "failed", at: now, attempt, format, reason, message });
  db.prepare(
    `UPDATE dead_letter
        SET attempts = attempts + 1, replay_generation = replay_generation + 1, last_at = :now,
            stage = :stage, reason = :reason, message = :message
      WHERE id = :id`,
  ).run({ id, now, stage, reason, message });
}

type Settle = (id: number, outcome: "replayed" | "skipped", reason: string | null, now: number) => void;

/** A replay settles thousands of letters in one transaction. */
function settler(db: Connection): Settle {
  const remember = db.prepare<[string, string | null, number, number]>(
    `INSERT INTO settled_dead_letter (letter_id, source_id, idempotency_key, outcome, reason, at)
     SELECT id, source_id, idempotency_key, ?, ?, ?
       FROM dead_letter
      WHERE id = ?`,
  );
  const forget = db.prepare<[number]>(`DELETE FROM dead_letter WHERE id = ?`);
  return (id, outcome, reason, now) => {
    remember.run(outcome, reason, now, id);
    forget.run(id);
  };
}

const discardedWhy = (reason: string): string => `discarded: ${reason}`;

/** Letters of sources that are being read are left alone. */
export function discardDeadLetters(
  db: Connection,
  { choice, reason }: { choice: DeadLetterChoice; reason: string },
  now: number,
): { discarded: number; skipped: number } {
  if (choice.which === "ids") checkIds(db, choice.ids);
  const { letters, quiet } = sizeOf(db, choice);
  const { sql, parameters } = conditionOf(choice);
  const where = `${sql} AND ${OF_QUIET_SOURCES}`;
  const why = discardedWhy(reason);
  const bySource = db
    .prepare<Parameter[], { sourceId: number; count: number }>(
      `SELECT source_id AS sourceId, COUNT(*) AS count
         FROM dead_letter
        WHERE ${where}
        GROUP BY source_id`,
    )
    .all(...parameters);
  db.prepare<Parameter[]>(
    `INSERT INTO settled_dead_letter (letter_id, source_id, idempotency_key, outcome, reason, at)
     SELECT id, source_id, idempotency_key, 'discarded', ?, ?
       FROM dead_letter
      WHERE ${where}`,
  ).run(why, now, ...parameters);
  db.prepare<Parameter[]>(`DELETE FROM dead_letter WHERE ${where}`).run(...parameters);
  for (const { sourceId, count } of bySource) {
    const source = quietSource(db, sourceId);
    const accounting = moved(source, { records: 0, deadLetters: -count, skippedWhy: { [why]: count } });
    updateSource(db, sourceId, { accounting });
  }
  const gone = choice.which === "ids" ? new Set(choice.ids).size - letters : 0;
  return { discarded: quiet, skipped: letters - quiet + gone };
}

/** They stay counted, as dropped. */
export function dropOldDeadLetters(db: Connection, before: number): number {
  // No letter is met later than it is last tried: the index finds the few that may be meant.
  const where = `first_at < :before AND last_at < :before AND ${OF_QUIET_SOURCES}`;
  db.prepare<{ before: number }>(
    `UPDATE source
        SET dead_letters_dropped = dead_letters_dropped + old.count
       FROM (SELECT source_id, COUNT(*) AS count
               FROM dead_letter
              WHERE ${where}
              GROUP BY source_id) AS old
      WHERE old.source_id = source.id`,
  ).run({ before });
  return db.prepare<{ before: number }>(`DELETE FROM dead_letter WHERE ${where}`).run({ before }).changes;
}

/** Fails with "not-found" for an id that never was one; those that were settled are no fault. */
export function checkIds(db: Connection, ids: readonly number[]): void {
  const there = db.prepare<[number]>(`SELECT 1 FROM dead_letter WHERE id = ?`);
  for (const id of ids) if (there.get(id) === undefined && !wasSettled(db, id)) throw noSuchLetter(db, id);
}

/** Fails with "busy" while the source is being read: its accounting is in motion. */
export function quietSource(db: Connection, sourceId: number): StoredSource {
  const source = readSource(db, sourceId);
  if (source === null) throw stale();
  if (isBeingRead(source.state)) {
    throw new FailureError("busy", `${source.path} is still being read. Wait for its end, or stop reading it first.`);
  }
  return source;
}

const stale = (): FailureError =>
  new FailureError("stale", "The dead letters have changed meanwhile. Read them again; nothing was stored.");
