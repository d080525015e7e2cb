// The bars of a case before its records are in the index: counts by time and level that the case and its segments bring
// along, and a look at the times of the few segments whose counts lie across the bars. Exact, or not given at all.
import type { Histogram, Selection } from "../../../shared/contract.ts";
import { SEVERITY_OF_LEVEL } from "../../../shared/model/level.ts";
import { SEVERITIES, severityRank } from "../../../shared/model/severity.ts";
import { micros } from "../../../shared/units.ts";
import type { CaseReader, SegmentRow } from "../store/protocol.ts";
import type { RecordIndex } from "./record-index.ts";
import type { SegmentBins } from "./segment-bins.ts";
import { addBins, addRecords, fit, type TimeGrid } from "./time-counts.ts";

const COLUMN_OF_LEVEL = SEVERITY_OF_LEVEL.map(severityRank);

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
  const counts = new Uint32Array(buckets * SEVERITIES.length);
  const bars: TimeGrid = { from, micros: bucketMicros, columnOf: COLUMN_OF_LEVEL, columns: SEVERITIES.length, counts };
  const overview = bins.overview !== null && fit(bins.overview.bins, bars) ? bins.overview : null;
  let total = overview === null ? 0 : addBins(overview.bins, bars);
  const across: SegmentRow[] = [];
  for (const segment of index.known) {
    const { id, firstTime, lastTime } = segment;
    if (overview !== null && id <= overview.lastSegment) continue;
    if (firstTime === null || lastTime === null || firstTime >= to || lastTime < from) continue;
    const own = bins.of(id);
    if (own === undefined || !fit(own, bars)) across.push(segment);
    else total += addBins(own, bars);
  }
  const toRead = across.reduce((sum, { count }) => sum + count, 0);
  if (toRead > 0 && (index.pending === 0 || toRead > MOST_READ)) return null;
  for (const { id } of across) total += addRecords(reader.columns(id, ["time", "kind", "level"]), bars);
  return { searched: 1, from: micros(from), bucketMicros, buckets, counts, total };
}
