/**
 * A detector turns records into events, anomalies and trace summaries. It reads columns, never files, and gives
 * the same answer for the same records. One file, one default export; `registry.ts` finds it.
 */
import type { NewAnomaly } from "../../../shared/model/anomaly.ts";
import type { NewEvent } from "../../../shared/model/event.ts";
import type { DecodedRecord, RecordKind } from "../../../shared/model/record.ts";
import type { SegmentColumns } from "../../../shared/model/segment.ts";
import type { TraceSummary } from "../../../shared/model/trace.ts";
import type { Settings } from "../../../shared/settings.ts";

/** One stored segment, as detectors see it. */
export interface DetectorSegment {
  readonly segmentId: number;
  readonly sourceId: number;
  /** Each column is read when it is looked at, and may be read again: long loops take out what they need before. */
  readonly columns: SegmentColumns;
  /** Reads the text of one row; costs a block of decompression, so only for the few rows that become events. */
  decode(row: number): DecodedRecord;
}

/** One record of a segment. */
export interface RecordPlace {
  readonly segment: DetectorSegment;
  readonly row: number;
}

export interface DetectorInput {
  /** Every segment that holds at least one record of the kinds, in the order of sources and segments. */
  segments(kinds: readonly RecordKind[]): Iterable<DetectorSegment>;
  readonly settings: Settings;
  /** Throws when the pass was abandoned; long loops call it once a segment. */
  checkpoint(): void;
}

export interface Detections {
  readonly events?: readonly NewEvent[];
  readonly anomalies?: readonly NewAnomaly[];
  readonly traces?: readonly TraceSummary[];
}

export interface Detector {
  /** Lower-case with hyphens; first part of the fingerprint of everything it finds. */
  readonly id: string;
  readonly title: string;
  run(input: DetectorInput): Detections;
}
