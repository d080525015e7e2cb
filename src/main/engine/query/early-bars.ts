// The bars of a case without looking at its records: counts by time and level that segments bring along. Exact, or not
// given at all.
import type { Histogram, Selection } from "../../../shared/contract.ts";
import { LEVELS, SEVERITY_OF_LEVEL } from "../../../shared/model/level.ts";
import { SEVERITIES, severityRank } from "../../../shared/model/severity.ts";
import { micros } from "../../../shared/units.ts";
import type { CaseReader, SegmentRow } from "../store/protocol.ts";
import type { TimeBins } from "../store/segment/time-bins.ts";

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

/** Null where the bars do not lie on the bins of each segment, or a filter or samples are asked for. */
export function earlyBars(
  segments: readonly SegmentRow[],
  bins: SegmentBins,
  { filter, from, to, samples }: Selection,
  buckets: number,
): Omit<Histogram, "revision"> | null {
  if (filter.trim() !== "" || from === null || to === null || to <= from) return null;
  if (samples && bins.samples(segments) !== 0) return null;
  const bucketMicros = (to - from) / buckets;
  const counts = new Uint32Array(buckets * SEVERITIES.length);
  let total = 0;
  for (const { id, firstTime, lastTime } of segments) {
    if (firstTime === null || lastTime === null || firstTime >= to || lastTime < from) continue;
    const own = bins.of(id);
    if (own === undefined || from % own.micros !== 0 || bucketMicros % own.micros !== 0) return null;
    total += add(own, { from, bucketMicros, counts });
  }
  return { searched: 1, from: micros(from), bucketMicros, buckets, counts, total };
}

interface Bars {
  readonly from: number;
  readonly bucketMicros: number;
  readonly counts: Uint32Array;
}

/** How many records it added. */
function add({ micros: width, first, counts: own }: TimeBins, { from, bucketMicros, counts }: Bars): number {
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
