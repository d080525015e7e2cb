/** Works through rows of many segments one segment after the other, for reading a segment's columns costs more than a row. */
import type { DetectorSegment } from "../detector.ts";

/** What `make` makes of each item, in the order of the items. */
export function mapBySegment<T, R>(
  items: readonly T[],
  segmentOf: (item: T) => DetectorSegment,
  make: (item: T) => R,
): R[] {
  const order = items
    .map((item, index) => ({ item, index, segment: segmentOf(item).segmentId }))
    .sort((a, b) => a.segment - b.segment || a.index - b.index);
  const made = order.map(({ item, index }) => ({ index, result: make(item) }));
  return made.sort((a, b) => a.index - b.index).map(({ result }) => result);
}
