/**
 * Works through rows of many segments one segment after the other, and from its first row to its last: reading a
 * segment's columns costs more than a row, and rows that follow each other lie in one block of text.
 */
import type { RecordPlace } from "../detector.ts";

/** What `make` makes of each item, in the order of the items. */
export function mapBySegment<T, R>(items: readonly T[], placeOf: (item: T) => RecordPlace, make: (item: T) => R): R[] {
  const order = items
    .map((item, index) => ({ item, index, place: placeOf(item) }))
    .sort((a, b) => a.place.segment.segmentId - b.place.segment.segmentId || a.place.row - b.place.row);
  const made = order.map(({ item, index }) => ({ index, result: make(item) }));
  return made.sort((a, b) => a.index - b.index).map(({ result }) => result);
}
