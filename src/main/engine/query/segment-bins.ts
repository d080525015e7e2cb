// The counts by time and level that a case keeps: those of each segment, and the overview of all of them.
import type { CaseReader, SegmentRow } from "../store/protocol.ts";
import type { Covered, Overview } from "../store/overview.ts";
import type { TimeBins } from "../store/segment/time-bins.ts";

type StoredBins = ReturnType<CaseReader["timeBins"]>[number];

/** Appended to as the writer commits; decoded when somebody asks. */
export class SegmentBins {
  readonly #of = new Map<number, StoredBins>();
  readonly #decoded = new Map<number, TimeBins>();
  #last = 0;
  #samples = 0;
  #overview: Overview | null = null;

  refresh(reader: CaseReader, segments: readonly SegmentRow[]): void {
    const there = new Set(segments.map(({ id }) => id));
    for (const [id, { samples }] of this.#of) {
      if (there.has(id)) continue;
      this.#of.delete(id);
      this.#decoded.delete(id);
      this.#samples -= samples;
    }
    for (const stored of reader.timeBins(this.#last)) {
      this.#of.set(stored.segmentId, stored);
      this.#samples += stored.samples;
      this.#last = stored.segmentId;
    }
    if (this.#overview === null || !holds(this.#overview, segments)) {
      const stored = reader.overview();
      this.#overview = stored !== null && holds(stored, segments) ? stored : null;
    }
  }

  /** Null when the case has none, or has lost segments since. */
  get overview(): Overview | null {
    return this.#overview;
  }

  of(segmentId: number): TimeBins | undefined {
    const known = this.#decoded.get(segmentId);
    if (known !== undefined) return known;
    const decoded = this.#of.get(segmentId)?.decode();
    if (decoded !== undefined) this.#decoded.set(segmentId, decoded);
    return decoded;
  }

  /** Metric samples of all segments; null when a segment does not say. */
  samples(segments: readonly SegmentRow[]): number | null {
    return segments.every(({ id }) => this.#of.has(id)) ? this.#samples : null;
  }
}

/** Segments are never changed, and their ids never given twice: those that it counted are there as long as none is missing. */
const holds = ({ lastSegment, segments: counted }: Covered, segments: readonly SegmentRow[]): boolean =>
  segments.reduce((sum, { id }) => sum + (id <= lastSegment ? 1 : 0), 0) === counted;
