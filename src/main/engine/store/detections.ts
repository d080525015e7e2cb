// What detectors found replaces what they found before. What a person made, changed or dismissed stays as it is.
import { replaceAnomalies } from "./anomalies.ts";
import { EVENT_COLUMNS, valuesOf } from "./event-row.ts";
import type { DetectionSet } from "./protocol.ts";
import type { Connection } from "./sqlite.ts";
import { replaceTraces } from "./traces.ts";
import type { NewEvent } from "../../../shared/model/event.ts";

/** `pass` marks what this pass found: a number that none before had. */
export function replaceDetections(db: Connection, detections: DetectionSet, pass: number): void {
  replaceEvents(db, detections.events, pass);
  replaceAnomalies(db, detections.anomalies, pass);
  replaceTraces(db, detections.traces);
}

/**
 * Ids stay where the fingerprint is the same: a pinned "e7" keeps its meaning. All go into the table by one statement:
 * the triggers behind it fill the full-text index, and FTS5 writes what it has gathered before each further statement
 * (`fts5SavepointMethod`), which took five times as long as all the rest.
 */
function replaceEvents(db: Connection, events: readonly NewEvent[], pass: number): void {
  const columns = EVENT_COLUMNS.join(", ");
  db.prepare(`CREATE TEMP TABLE found_event AS SELECT ${columns} FROM event LIMIT 0`).run();
  const put = db.prepare(
    `INSERT INTO found_event (${columns})
     VALUES (${EVENT_COLUMNS.map((column) => `:${column}`).join(", ")})`,
  );
  for (const event of events) put.run(valuesOf(event));
  db.prepare<[number]>(
    `INSERT INTO event (${columns}, pass)
     SELECT ${columns}, ?
       FROM found_event
      WHERE NOT EXISTS (SELECT 1 FROM dismissed_event WHERE dismissed_event.fingerprint = found_event.fingerprint)
      ORDER BY found_event.rowid
     ON CONFLICT (fingerprint) DO UPDATE
        SET ${EVENT_COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ")},
            pass = excluded.pass
      WHERE event.pass IS NOT NULL
        AND event.edited_at IS NULL`,
  ).run(pass);
  db.prepare(`DROP TABLE found_event`).run();
  db.prepare<[number]>(
    `DELETE FROM event
      WHERE pass <> ?
        AND edited_at IS NULL`,
  ).run(pass);
}

/** Forgets what detectors found in one source. */
export function deleteDetectionsOf(db: Connection, sourceId: number): void {
  db.prepare<[number]>(
    `DELETE FROM event
      WHERE source_id = ?
        AND pass IS NOT NULL
        AND edited_at IS NULL`,
  ).run(sourceId);
}
