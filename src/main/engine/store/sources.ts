// Sources: what was opened, how it was read, and the accounting of it.
import { FailureError } from "../../../shared/failure.ts";
import type { Accounting, Source, SourceState, TestTotals } from "../../../shared/model/source.ts";
import { isBeingRead } from "../../../shared/model/dead-letter.ts";
import { micros } from "../../../shared/units.ts";
import type { NewSource, SourceChange, SourceSums } from "./protocol.ts";
import { prepared, type Connection } from "./sqlite.ts";
import { decodeTrials, encodeTrials } from "./trials.ts";

interface SourceRow {
  id: number;
  path: string;
  connector: string;
  zone: string;
  identity: string;
  format: string | null;
  format_version: number | null;
  confidence: number;
  tried: string;
  state: string;
  messages: string;
  bytes: number;
  bytes_read: number;
  read: number;
  records: number;
  dead_letters: number;
  dead_letters_dropped: number;
  skipped: number;
  skipped_why: string;
  first_time: number | null;
  last_time: number | null;
  tests: string | null;
  added_at: number;
}

/** A source with what the store alone keeps of it. */
export interface StoredSource extends Source {
  readonly identity: string;
  readonly formatVersion: number | null;
}

export function listSources(db: Connection): readonly StoredSource[] {
  const rows = prepared<[], SourceRow & { events: number }>(
    db,
    `SELECT source.*,
              (SELECT COUNT(*) FROM event WHERE event.source_id = source.id) AS events
         FROM source
        ORDER BY source.id`,
  ).all();
  return rows.map(storedSource);
}

export function sumSources(db: Connection): SourceSums {
  const sums = prepared<[], SourceSums>(
    db,
    `SELECT COUNT(*) AS sources,
            COALESCE(SUM(read), 0) AS read,
            COALESCE(SUM(records), 0) AS records,
            COALESCE(SUM(dead_letters), 0) AS deadLetters,
            COALESCE(SUM(skipped), 0) AS skipped,
            COALESCE(SUM(state IN ('waiting', 'reading')), 0) AS reading
       FROM source`,
  ).get();
  if (sums === undefined) throw new Error("sums are always one row");
  return sums;
}

export function readSource(db: Connection, id: number): StoredSource | null {
  const row = prepared<[number], SourceRow & { events: number }>(
    db,
    `SELECT source.*,
              (SELECT COUNT(*) FROM event WHERE event.source_id = source.id) AS events
         FROM source
        WHERE source.id = ?`,
  ).get(id);
  return row === undefined ? null : storedSource(row);
}

/** Fails with "not-found"; `file` is the case. */
export function sourceOf(db: Connection, id: number, file: string): StoredSource {
  const source = readSource(db, id);
  if (source !== null) return source;
  throw new FailureError("not-found", `${file} has no source ${id}. Load the sources again.`);
}

/** The source of a path: a path is opened once in a case. */
export function findSource(db: Connection, path: string): StoredSource | null {
  const row = prepared<[string], { id: number }>(db, `SELECT id FROM source WHERE path = ?`).get(path);
  return row === undefined ? null : readSource(db, row.id);
}

function storedSource(row: SourceRow & { events: number }): StoredSource {
  return {
    id: row.id,
    path: row.path,
    connector: row.connector,
    zone: row.zone,
    identity: row.identity,
    format: row.format,
    formatVersion: row.format_version,
    confidence: row.confidence,
    tried: decodeTrials(row.tried),
    state: row.state as SourceState,
    messages: JSON.parse(row.messages) as string[],
    bytes: row.bytes,
    bytesRead: row.bytes_read,
    read: row.read,
    records: row.records,
    deadLetters: row.dead_letters,
    skipped: row.skipped,
    skippedWhy: JSON.parse(row.skipped_why) as Record<string, number>,
    events: row.events,
    from: row.first_time === null ? null : micros(row.first_time),
    to: row.last_time === null ? null : micros(row.last_time),
    deadLettersDropped: row.dead_letters_dropped,
    readAt: micros(row.added_at),
    tests: row.tests === null ? null : (JSON.parse(row.tests) as TestTotals),
  };
}

type LeftSource = Pick<SourceRow, "id" | "state" | "messages">;

/** Whether there are sources that are being read, or were when the process ended that read them. */
export const hasBeingRead = (db: Connection): boolean => listBeingRead(db).length > 0;

function listBeingRead(db: Connection): readonly LeftSource[] {
  const rows = prepared<[], LeftSource>(db, `SELECT id, state, messages FROM source`).all();
  return rows.filter(({ state }) => isBeingRead(state));
}

/** Answers with how many there were. */
export function interruptSources(db: Connection, message: string): number {
  const left = listBeingRead(db);
  for (const { id, messages } of left) {
    updateSource(db, id, { state: "cancelled", messages: [...(JSON.parse(messages) as string[]), message] });
  }
  return left.length;
}

export function insertSource(db: Connection, source: NewSource, now: number): number {
  const { lastInsertRowid } = prepared<[string, string, string, string, number, number]>(
    db,
    `INSERT INTO source (path, connector, zone, identity, bytes, added_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(source.path, source.connector, source.zone, source.identity, source.bytes, now);
  return Number(lastInsertRowid);
}

/** What is there under the path by now. */
export function replaceOpening(db: Connection, id: number, source: NewSource): void {
  prepared<[string, string, string, number, number]>(
    db,
    `UPDATE source
        SET connector = ?, zone = ?, identity = ?, bytes = ?
      WHERE id = ?`,
  ).run(source.connector, source.zone, source.identity, source.bytes, id);
}

const ACCOUNTING_COLUMNS = ["read", "records", "dead_letters", "skipped", "skipped_why"] as const;

/** The columns that a change sets; a field that is absent, or undefined, sets none. */
export function updateSource(db: Connection, id: number, change: SourceChange): void {
  const set = new Map<string, string | number | null>();
  if (change.zone !== undefined) set.set("zone", change.zone);
  if (change.state !== undefined) set.set("state", change.state);
  if (change.format !== undefined) set.set("format", change.format);
  if (change.formatVersion !== undefined) set.set("format_version", change.formatVersion);
  if (change.confidence !== undefined) set.set("confidence", change.confidence);
  if (change.tried !== undefined) set.set("tried", encodeTrials(change.tried));
  if (change.messages !== undefined) set.set("messages", JSON.stringify(change.messages));
  if (change.bytes !== undefined) set.set("bytes", change.bytes);
  if (change.bytesRead !== undefined) set.set("bytes_read", change.bytesRead);
  if (change.tests !== undefined) set.set("tests", change.tests === null ? null : JSON.stringify(change.tests));
  if (change.accounting !== undefined) {
    const values = accountingValues(change.accounting);
    ACCOUNTING_COLUMNS.forEach((column, index) => set.set(column, values[index] ?? 0));
  }
  if (set.size === 0) return;
  const assignments = [...set.keys()].map((column) => `${column} = ?`).join(", ");
  prepared<(string | number | null)[]>(db, `UPDATE source SET ${assignments} WHERE id = ?`).run(...set.values(), id);
}

const accountingValues = (a: Accounting): readonly (string | number)[] => [
  a.read,
  a.records,
  a.deadLetters,
  a.skipped,
  JSON.stringify(a.skippedWhy),
];

/** Counts letters of the accounting that were not kept. */
export function countDropped(db: Connection, id: number, letters: number): void {
  prepared<[number, number]>(
    db,
    `UPDATE source
        SET dead_letters_dropped = dead_letters_dropped + ?
      WHERE id = ?`,
  ).run(letters, id);
}

/** Widens the source's range of time. */
export function widenSource(db: Connection, id: number, firstTime: number, lastTime: number): void {
  prepared<[{ id: number; firstTime: number; lastTime: number }]>(
    db,
    `UPDATE source
        SET first_time = MIN(COALESCE(first_time, :firstTime), :firstTime),
            last_time = MAX(COALESCE(last_time, :lastTime), :lastTime)
      WHERE id = :id`,
  ).run({ id, firstTime, lastTime });
}

/** The row stays, as if nothing of it had been read and it were added now. */
export function resetSource(db: Connection, id: number, now: number): void {
  prepared<[number, number]>(
    db,
    `UPDATE source
        SET state = 'waiting', format = NULL, format_version = NULL, confidence = 0, tried = '[]', messages = '[]',
            bytes_read = 0, read = 0, records = 0, dead_letters = 0, dead_letters_dropped = 0, skipped = 0, skipped_why = '{}',
            first_time = NULL, last_time = NULL, tests = NULL, added_at = ?
      WHERE id = ?`,
  ).run(now, id);
}
