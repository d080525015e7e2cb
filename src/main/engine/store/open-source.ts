/** A source that is to be read: it is new, or all that the case held of it goes first; or it needs not be read again. */
import { deleteLettersOf } from "./dead-letters/rows.ts";
import { deleteDetectionsOf } from "./detections.ts";
import type { NewSource } from "./protocol.ts";
import { deleteSegments } from "./segments.ts";
import { findSource, insertSource, replaceOpening, resetSource } from "./sources.ts";
import type { Connection } from "./sqlite.ts";

/** States in which a source was read to its end. */
const READ_TO_ITS_END: ReadonlySet<string> = new Set(["done", "empty", "not-recognised"]);

/** Id of a source that is there and needs not be read again. */
export function unchangedSource(db: Connection, { path, identity }: NewSource): number | null {
  const known = findSource(db, path);
  return known !== null && known.identity === identity && READ_TO_ITS_END.has(known.state) ? known.id : null;
}

/** Its id; `now` in microseconds, as wherever the case keeps times. */
export function openSource(db: Connection, input: NewSource, now: number): number {
  const known = findSource(db, input.path);
  if (known === null) return insertSource(db, input, now);
  clearSource(db, known.id, now);
  replaceOpening(db, known.id, input);
  return known.id;
}

export function clearSource(db: Connection, sourceId: number, now: number): void {
  deleteSegments(db, sourceId);
  deleteDetectionsOf(db, sourceId);
  deleteLettersOf(db, sourceId);
  resetSource(db, sourceId, now);
}
