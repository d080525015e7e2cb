// What a query must know of a segment to skip it.
import type { SegmentColumns } from "../../../../shared/model/segment.ts";
import type { EncodedSegment } from "../protocol.ts";

export type ZoneMap = Omit<EncodedSegment, "count" | "bins" | "columns">;

export function zoneMap(columns: Pick<SegmentColumns, "time" | "offset" | "level" | "kind">): ZoneMap {
  const times = bounds(columns.time);
  const offsets = bounds(columns.offset);
  return {
    firstTime: times?.least ?? null,
    lastTime: times?.greatest ?? null,
    levels: bits(columns.level),
    kinds: bits(columns.kind),
    firstOffset: offsets?.least ?? 0,
    lastOffset: offsets?.greatest ?? 0,
  };
}

/** NaN is left out; null when nothing else is there. */
function bounds(values: Float64Array): { least: number; greatest: number } | null {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least <= greatest ? { least, greatest } : null;
}

function bits(codes: Uint8Array): number {
  let set = 0;
  for (const code of codes) set |= 1 << code;
  return set >>> 0;
}
