// "s12:40" and "e7": names of rows that stay the same while the case grows.
import { FailureError } from "../../../shared/failure.ts";
import type { RecordRef } from "../../../shared/model/record.ts";
import type { IndexedSegment, RecordIndex } from "./record-index.ts";

export const recordRef = (segment: IndexedSegment, ordinal: number): RecordRef =>
  `s${segment.id}:${ordinal - segment.first}`;

export const eventIdOf = (ref: string): number | null => {
  const found = /^e(\d{1,15})$/.exec(ref);
  return found === null ? null : Number(found[1]);
};

/** Null when the case holds no such record. */
export function ordinalOf(index: RecordIndex, ref: string): number | null {
  const found = /^s(\d{1,15}):(\d{1,9})$/.exec(ref);
  const segment = found === null ? undefined : index.segmentById(Number(found[1]));
  const row = Number(found?.[2]);
  return segment === undefined || row >= segment.count ? null : segment.first + row;
}

export const noSuchRecord = (ref: string): FailureError =>
  new FailureError(
    "not-found",
    `The case has no record ${ref.slice(0, 40)}; its source was read again or removed. Reload the list.`,
  );
