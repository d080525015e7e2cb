// Adds counts and records into a grid of stretches of time by columns.
import { LEVELS } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import type { SegmentColumns } from "../../../shared/model/segment.ts";
import type { TimeBins } from "../store/segment/time-bins.ts";
import type { IndexedSegment, RecordIndex } from "./record-index.ts";

const SAMPLE = kindCode("sample");

/** Samples, and what lies outside of it or has no time, are not counted. */
export interface TimeGrid {
  readonly from: number;
  /** Width of a stretch in microseconds. */
  readonly micros: number;
  /** Which column a level belongs to. */
  readonly columnOf: readonly number[];
  /** Of a stretch. */
  readonly columns: number;
  readonly counts: Uint32Array;
}

/** Whether the bins are not cut by the lines of the grid. */
export const fit = ({ micros: width }: TimeBins, { from, micros }: Pick<TimeGrid, "from" | "micros">): boolean =>
  from % width === 0 && micros % width === 0;

/** How many records it added; of bins that {@link fit}. */
export function addBins({ micros: width, first, counts: own }: TimeBins, grid: TimeGrid): number {
  const { from, micros, columnOf, columns, counts } = grid;
  let total = 0;
  for (let cell = 0; cell < own.length; cell += 1) {
    const count = own[cell] ?? 0;
    if (count === 0) continue;
    const stretch = Math.floor(((first + Math.floor(cell / LEVELS.length)) * width - from) / micros);
    const at = stretch * columns + (columnOf[cell % LEVELS.length] ?? 0);
    if (stretch < 0 || at >= counts.length) continue;
    counts[at] = (counts[at] ?? 0) + count;
    total += count;
  }
  return total;
}

/** How many of the records it added. */
export function addRecords({ count, time, kind, level }: SegmentColumns, grid: TimeGrid): number {
  let total = 0;
  for (let row = 0; row < count; row += 1) {
    total += addRecord(grid, time[row] ?? Number.NaN, kind[row] ?? 0, level[row] ?? 0);
  }
  return total;
}

/** The same of a segment that is in the index. */
export function addIndexed(
  { first, count }: IndexedSegment,
  { time, kind, level }: RecordIndex,
  grid: TimeGrid,
): number {
  let total = 0;
  for (let ordinal = first; ordinal < first + count; ordinal += 1) {
    total += addRecord(grid, time.at(ordinal), kind.at(ordinal), level.at(ordinal));
  }
  return total;
}

function addRecord(
  { from, micros, columnOf, columns, counts }: TimeGrid,
  time: number,
  kind: number,
  level: number,
): 0 | 1 {
  const stretch = Math.floor((time - from) / micros);
  const at = stretch * columns + (columnOf[level] ?? 0);
  // Without a time it is in no stretch either.
  if (kind === SAMPLE || !(stretch >= 0 && at < counts.length)) return 0;
  counts[at] = (counts[at] ?? 0) + 1;
  return 1;
}
