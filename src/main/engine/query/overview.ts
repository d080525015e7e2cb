// Counts of all records of a case by time and level, for the case to keep: when it is opened the next time, its bars are
// drawn from them, whatever its segments look like.
import { LEVELS } from "../../../shared/model/level.ts";
import type { EncodedOverview } from "../store/overview.ts";
import { encodeBins, widthOf } from "../store/segment/time-bins.ts";
import type { RecordIndex } from "./record-index.ts";
import type { SegmentBins } from "./segment-bins.ts";
import { addBins, addIndexed, fit, type TimeGrid } from "./time-counts.ts";

/** Bars of four pixels are no narrower than such a bin on a chart of 6,500 pixels: widths grow by five at most. */
const MOST_BINS = 8_192;

const COLUMN_OF_LEVEL = LEVELS.map((_, level) => level);

/**
 * Null where the case has it already, where there is nothing to count, and where records would have to be read for it
 * that are not in the index yet.
 */
export function overviewOf({ index, bins }: { index: RecordIndex; bins: SegmentBins }): EncodedOverview | null {
  const segments = index.known;
  const last = segments.at(-1);
  const samples = bins.samples(segments) ?? (index.pending === 0 ? index.samples : null);
  if (last === undefined || samples === null || bins.overview?.lastSegment === last.id) return null;
  const timed = segments.filter(({ firstTime }) => firstTime !== null);
  const least = timed.reduce((time, { firstTime }) => Math.min(time, firstTime ?? time), Infinity);
  const greatest = timed.reduce((time, { lastTime }) => Math.max(time, lastTime ?? time), -Infinity);
  if (least > greatest) return null;
  const width = widthOf(least, greatest, MOST_BINS);
  const first = Math.floor(least / width);
  const grid: TimeGrid = {
    from: first * width,
    micros: width,
    columnOf: COLUMN_OF_LEVEL,
    columns: LEVELS.length,
    counts: new Uint32Array((Math.floor(greatest / width) - first + 1) * LEVELS.length),
  };
  for (const { id } of timed) {
    const own = bins.of(id);
    if (own !== undefined && fit(own, grid)) {
      addBins(own, grid);
      continue;
    }
    const indexed = index.pending === 0 ? index.segmentById(id) : undefined;
    if (indexed === undefined) return null;
    addIndexed(indexed, index, grid);
  }
  const encoded = encodeBins({ micros: width, first, counts: grid.counts, samples });
  return { lastSegment: last.id, segments: segments.length, bins: encoded };
}
