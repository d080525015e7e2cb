// What a query must know of a segment to skip it.
import type { SegmentColumns } from "../../../../shared/model/segment.ts";
import type { EncodedSegment } from "../protocol.ts";

export type ZoneMap = Omit<EncodedSegment, "count" | "bins" | "columns" | "shared">;

/**
 * Each bound is a number of its own, on purpose. When one function gave an object `{ least, greatest }` for the times and
 * then for the offsets, the two objects of V8 13.6 (Node.js 24) shared the memory of their numbers in about one of a
 * hundred threads, once each: the offsets stood in both, the segment seemed to begin in 1970, and every question for a
 * range of time passed it over.
 */
export function zoneMap(columns: Pick<SegmentColumns, "time" | "offset" | "level" | "kind">): ZoneMap {
  const firstTime = least(columns.time);
  const firstOffset = least(columns.offset);
  return {
    firstTime: Number.isFinite(firstTime) ? firstTime : null,
    lastTime: Number.isFinite(firstTime) ? greatest(columns.time) : null,
    levels: bits(columns.level),
    kinds: bits(columns.kind),
    firstOffset: Number.isFinite(firstOffset) ? firstOffset : 0,
    lastOffset: Number.isFinite(firstOffset) ? greatest(columns.offset) : 0,
  };
}

/** NaN is left out; Infinity when nothing else is there. */
function least(values: Float64Array): number {
  let found = Infinity;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (value < found) found = value;
  }
  return found;
}

/** NaN is left out; -Infinity when nothing else is there. */
function greatest(values: Float64Array): number {
  let found = -Infinity;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (value > found) found = value;
  }
  return found;
}

function bits(codes: Uint8Array): number {
  let set = 0;
  for (const code of codes) set |= 1 << code;
  return set >>> 0;
}
