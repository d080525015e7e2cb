// Events: create, read, update, delete, and pages of what a filter lets through. Readers and the writer share it.
import type { EventFilter } from "../../../shared/contract.ts";
import { FailureError } from "../../../shared/failure.ts";
import type { IncidentEvent, NewEvent } from "../../../shared/model/event.ts";
import { severityRank } from "../../../shared/model/severity.ts";
import { decodeCursor, pageOf, type Page, type PageRequest } from "./cursor.ts";
import { EVENT_COLUMNS, eventOf, valuesOf, type EventRow } from "./event-row.ts";
import { matchQuery } from "./full-text.ts";
import type { Connection } from "./sqlite.ts";

type Parameter = string | number;
export interface Where {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** Keyset pages in the order of time, or from the latest back. */
export function listEvents(db: Connection, filter: EventFilter, page: PageRequest): Page<IncidentEvent> {
  const where = eventWhere(filter);
  const total = countEvents(db, filter);
  const recent = filter.order === "recent";
  const direction = recent ? "DESC" : "ASC";
  const after = page.after === null ? [] : decodeCursor(page.after, 2);
  const beyond = page.after === null ? "" : `AND (time, id) ${recent ? "<" : ">"} (?, ?)`;
  const rows = db
    .prepare<Parameter[], EventRow>(
      `SELECT *
         FROM event
        WHERE ${where.sql}
              ${beyond}
        ORDER BY time ${direction}, id ${direction}
        LIMIT ?`,
    )
    .all(...where.parameters, ...after, page.limit + 1);
  return pageOf(rows, page.limit, total, (row) => [row.time, row.id], eventOf);
}

export function countEvents(db: Connection, filter: EventFilter): number {
  const where = eventWhere(filter);
  const row = db
    .prepare<Parameter[], { total: number }>(`SELECT COUNT(*) AS total FROM event WHERE ${where.sql}`)
    .get(...where.parameters);
  return row?.total ?? 0;
}

export function getEvent(db: Connection, id: number): IncidentEvent | null {
  const row = db.prepare<[number], EventRow>(`SELECT * FROM event WHERE id = ?`).get(id);
  return row === undefined ? null : eventOf(row);
}

/** Conditions over the table `event`; the range takes in events that reach into it, its end is exclusive. */
function eventWhere(filter: EventFilter): Where {
  const conditions: string[] = [];
  const parameters: Parameter[] = [];
  const add = (condition: string, parameter: Parameter | undefined): void => {
    if (parameter === undefined) return;
    conditions.push(condition);
    parameters.push(parameter);
  };
  add("source = ?", filter.source);
  add("kind = ?", filter.kind);
  add("severity = ?", filter.severity && severityRank(filter.severity));
  add("severity <= ?", filter.atLeast && severityRank(filter.atLeast));
  add("service = ?", filter.service);
  add("trace_id = ?", filter.traceId);
  add("MAX(time, COALESCE(end_time, time)) >= ?", filter.from);
  add("time < ?", filter.to);
  const match = filter.text === undefined ? null : matchQuery(filter.text);
  add("id IN (SELECT rowid FROM event_fts WHERE event_fts MATCH ?)", match ?? undefined);
  return { sql: conditions.length === 0 ? "TRUE" : conditions.join(" AND "), parameters };
}

/** Of a person: `pass` stays empty, so that detectors leave it alone. Answers with its id. */
export function insertEvent(db: Connection, event: NewEvent): number {
  if (db.prepare<[string]>(`SELECT 1 FROM event WHERE fingerprint = ?`).get(event.fingerprint) !== undefined) {
    throw new FailureError(
      "exists",
      `An event with the fingerprint "${event.fingerprint}" is there already. Change that one.`,
    );
  }
  checkReference(db, event);
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO event (${EVENT_COLUMNS.join(", ")})
       VALUES (${EVENT_COLUMNS.map((column) => `:${column}`).join(", ")})`,
    )
    .run(valuesOf(event));
  return Number(lastInsertRowid);
}

/** The fingerprint says which event it is and stays; everything else can change. */
export function updateEvent(db: Connection, id: number, change: Partial<NewEvent>, now: number): void {
  const before = getEvent(db, id);
  if (before === null) throw eventNotFound(id);
  const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const after = { ...before, ...(defined as Partial<NewEvent>), fingerprint: before.fingerprint };
  checkReference(db, after);
  db.prepare(
    `UPDATE event
        SET ${EVENT_COLUMNS.map((column) => `${column} = :${column}`).join(", ")},
            edited_at = :now
      WHERE id = :id`,
  ).run({ ...valuesOf(after), now, id });
}

/** What a detector found is remembered as dismissed, so that it does not come back. */
export function deleteEvent(db: Connection, id: number, now: number): void {
  db.prepare<[number, number]>(
    `INSERT OR REPLACE INTO dismissed_event (fingerprint, dismissed_at)
     SELECT fingerprint, ?
       FROM event
      WHERE id = ?
        AND pass IS NOT NULL`,
  ).run(now, id);
  const { changes } = db.prepare<[number]>(`DELETE FROM event WHERE id = ?`).run(id);
  if (changes === 0) throw eventNotFound(id);
}

/** What an event refers to must be in its case. */
function checkReference(db: Connection, { reference }: NewEvent): void {
  if (reference === null) return;
  if (db.prepare<[number]>(`SELECT 1 FROM source WHERE id = ?`).get(reference.sourceId) !== undefined) return;
  throw new FailureError("not-found", `The case has no source ${reference.sourceId} that an event could refer to.`);
}

const eventNotFound = (id: number): FailureError =>
  new FailureError("not-found", `The case has no event ${id}; it may have been deleted. Load the list again.`);
