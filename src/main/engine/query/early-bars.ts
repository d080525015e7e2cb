// The bars of a case before its records are in the index: counts by time and level that segments bring along, and a look
// at the times of the few segments whose counts lie across the bars. Exact, or not given at all.
import type { Histogram, Selection } from "../../../shared/contract.ts";
import { LEVELS, SEVERITY_OF_LEVEL } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import type { SegmentColumns } from "../../../shared/model/segment.ts";
import { SEVERITIES, severityRank } from "../../../shared/model/severity.ts";
import { micros } from "../../../shared/units.ts";
import type { CaseReader, SegmentRow } from "../store/protocol.ts";
import type { TimeBins } from "../store/segment/time-bins.ts";
import type { RecordIndex } from "./record-index.ts";

const SAMPLE = kindCode("sample");
const COLUMN_OF_LEVEL = SEVERITY_OF_LEVEL.map(severityRank);

/** The counts of all segments, appended to as the writer commits. */
export class SegmentBins {
  readonly #of = new Map<number, TimeBins>();
  #last = 0;
  #samples = 0;

  refresh(reader: CaseReader, segments: readonly SegmentRow[]): void {
    const there = new Set(segments.map(({ id }) => id));
    for (const [id, { samples }] of this.#of) {
      if (there.has(id)) continue;
      this.#of.delete(id);
      this.#samples -= samples;
    }
    for (const { segmentId, ...bins } of reader.timeBins(this.#last)) {
      this.#of.set(segmentId, bins);
      this.#samples += bins.samples;
      this.#last = segmentId;
    }
  }

  of(segmentId: number): TimeBins | undefined {
    return this.#of.get(segmentId);
  }

  /** Metric samples of all segments; null when a segment does not say. */
  samples(segments: readonly SegmentRow[]): number | null {
    return segments.every(({ id }) => this.#of.has(id)) ? this.#samples : null;
  }
}

/** Records whose times are read for it; more are sooner in the index. */
const MOST_READ = 2_000_000;

interface Known {
  readonly index: RecordIndex;
  readonly bins: SegmentBins;
  readonly reader: CaseReader;
}

/**
 * Null where a filter or samples are asked for, where the index has all records and the bars lie across the counts of a
 * segment, and where too many would have to be read.
 */
export function earlyBars(
  { index, bins, reader }: Known,
  { filter, from, to, samples }: Selection,
  buckets: number,
): Omit<Histogram, "revision"> | null {
  if (filter.trim() !== "" || from === null || to === null || to <= from) return null;
  if (samples && bins.samples(index.known) !== 0) return null;
  const bucketMicros = (to - from) / buckets;
  const bars = { from, bucketMicros, counts: new Uint32Array(buckets * SEVERITIES.length) };
  const across: SegmentRow[] = [];
  let total = 0;
  for (const segment of index.known) {
    const { id, firstTime, lastTime } = segment;
    if (firstTime === null || lastTime === null || firstTime >= to || lastTime < from) continue;
    const own = bins.of(id);
    if (own === undefined || from % own.micros !== 0 || bucketMicros % own.micros !== 0) across.push(segment);
    else total += addBins(own, bars);
  }
  const toRead = across.reduce((sum, { count }) => sum + count, 0);
  if (toRead > 0 && (index.pending === 0 || toRead > MOST_READ)) return null;
  for (const { id } of across) total += addRecords(reader.columns(id, ["time", "kind", "level"]), bars);
  return { searched: 1, from: micros(from), bucketMicros, buckets, counts: bars.counts, total };
}

interface Bars {
  readonly from: number;
  readonly bucketMicros: number;
  readonly counts: Uint32Array;
}

/** How many records it added. */
function addBins({ micros: width, first, counts: own }: TimeBins, { from, bucketMicros, counts }: Bars): number {
  let total = 0;
  for (let cell = 0; cell < own.length; cell += 1) {
    const count = own[cell] ?? 0;
    if (count === 0) continue;
    const bucket = Math.floor(((first + Math.floor(cell / LEVELS.length)) * width - from) / bucketMicros);
    const at = bucket * SEVERITIES.length + (COLUMN_OF_LEVEL[cell % LEVELS.length] ?? 0);
    if (bucket < 0 || at >= counts.length) continue;
    counts[at] = (counts[at] ?? 0) + count;
    total += count;
  }
  return total;
}

function addRecords({ count, time, kind, level }: SegmentColumns, { from, bucketMicros, counts }: Bars): number {
  let total = 0;
  for (let row = 0; row < count; row += 1) {
    const bucket = Math.floor(((time[row] ?? Number.NaN) - from) / bucketMicros);
    const at = bucket * SEVERITIES.length + (COLUMN_OF_LEVEL[level[row] ?? 0] ?? 0);
    // Without a time it is in no bar either.
    if (kind[row] === SAMPLE || !(bucket >= 0 && at < counts.length)) continue;
    counts[at] = (counts[at] ?? 0) + 1;
    total += 1;
  }
  return total;
}
