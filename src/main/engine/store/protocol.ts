/**
 * What crosses the threads of the store: what the writer is handed, and what a reader of a case can ask for.
 * One writer thread holds the only write connection of a case; everybody else opens it read-only.
 */
import type { NewAnomaly } from "../../../shared/model/anomaly.ts";
import type { DeadLetterInput } from "../../../shared/model/dead-letter.ts";
import type { NewEvent } from "../../../shared/model/event.ts";
import type { DICTIONARY_COLUMNS, SegmentColumns } from "../../../shared/model/segment.ts";
import type { Accounting, FormatTrial, Source, SourceState, TestTotals } from "../../../shared/model/source.ts";
import type { TraceSummary } from "../../../shared/model/trace.ts";
import type { Overview } from "./overview.ts";
import type { EncodedBins, TimeBins } from "./segment/time-bins.ts";

/** Name of a column as `segment_column` stores it. */
export type ColumnName = Exclude<keyof SegmentColumns, "count">;
export type DictionaryName = (typeof DICTIONARY_COLUMNS)[number];

/** One column, encoded: `codec` names how, `data` may be empty for a constant. */
export interface EncodedColumn {
  /** `PACKED` ("*") where `data` holds all columns of a small segment. */
  readonly column: ColumnName | "*";
  readonly codec: string;
  readonly data: Uint8Array;
}

/** A segment ready to be stored, with the zone map that lets a query skip it. */
export interface EncodedSegment {
  readonly count: number;
  /** NaN-free bounds; null when no record of the segment has a time. */
  readonly firstTime: number | null;
  readonly lastTime: number | null;
  /** Bit i is set when a record has that level / kind code. */
  readonly levels: number;
  readonly kinds: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly bins: EncodedBins;
  /** Empty where they are {@link shared}. */
  readonly columns: readonly EncodedColumn[];
  /** Where its rows lie in the packs that come with it. */
  readonly shared?: SharedPlace;
}

/** A place in what several small sources share. */
export interface SharedPlace {
  /** Which of the packs that are handed over together. */
  readonly pack: number;
  /** The first row, or byte. */
  readonly at: number;
}

/** The columns of several segments, encoded as if they were one. */
export interface PackedRows {
  readonly rows: number;
  readonly columns: readonly EncodedColumn[];
}

/** The text of several sources, compressed as one. */
export interface PackedText {
  /** Bytes once decompressed. */
  readonly length: number;
  readonly codec: RawBlock["codec"];
  readonly data: Uint8Array;
}

export interface SharedPacks {
  readonly columns: readonly PackedRows[];
  readonly texts: readonly PackedText[];
}

/** A stretch of a source's decoded stream, compressed. Blocks of one source follow each other without gaps. */
export interface RawBlock {
  readonly offset: number;
  /** Bytes once decompressed. */
  readonly length: number;
  /** "shared" where its bytes lie in a pack, and `data` is empty. */
  readonly codec: "zstd" | "deflate" | "none" | "shared";
  readonly data: Uint8Array;
  /** Where they lie in the packs that come with it. */
  readonly shared?: SharedPlace;
}

/** A stored block of a source's text. */
export interface RawPlace {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
}

export interface NewSource {
  readonly path: string;
  readonly connector: string;
  readonly zone: string;
  /** Bytes on disk. */
  readonly bytes: number;
  /** Same path, same identity: unchanged since it was read. Size and modification time, or a commit of a repository. */
  readonly identity: string;
}

export interface AddedSource {
  readonly sourceId: number;
  /** The case holds all of it already: it needs not be read. */
  readonly unchanged: boolean;
}

/** What changes on a source as it is read; absent means unchanged. */
export interface SourceChange {
  readonly state?: SourceState | undefined;
  readonly format?: string | null | undefined;
  readonly formatVersion?: number | undefined;
  readonly confidence?: number | undefined;
  readonly tried?: readonly FormatTrial[] | undefined;
  readonly messages?: readonly string[] | undefined;
  readonly bytes?: number | undefined;
  readonly bytesRead?: number | undefined;
  readonly accounting?: Accounting | undefined;
  readonly tests?: TestTotals | null | undefined;
  readonly zone?: string | undefined;
}

/** One transaction: records, text, dead letters and the accounting that counts exactly these. */
export interface Batch {
  readonly sourceId: number;
  readonly segments: readonly EncodedSegment[];
  readonly blocks: readonly RawBlock[];
  readonly deadLetters: readonly DeadLetterInput[];
  /** Dead letters that the accounting counts and that are not kept. */
  readonly droppedLetters?: number | undefined;
  readonly change: SourceChange;
}

export interface BatchesTogether {
  readonly batches: readonly Batch[];
  readonly packs?: SharedPacks;
}

export interface DetectionSet {
  readonly events: readonly NewEvent[];
  readonly anomalies: readonly NewAnomaly[];
  readonly traces: readonly TraceSummary[];
}

/** A segment's row: its zone map, without its columns. */
export interface SegmentRow {
  readonly id: number;
  readonly sourceId: number;
  readonly count: number;
  readonly firstTime: number | null;
  readonly lastTime: number | null;
  readonly levels: number;
  readonly kinds: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** What the records are read with; null is the format of the source. */
  readonly format: string | null;
}

/** A read-only connection to a case; `store/case-reader.ts` opens it. Everything here is synchronous: use it in a worker. */
export interface SourceSums {
  readonly sources: number;
  readonly read: number;
  readonly records: number;
  readonly deadLetters: number;
  readonly skipped: number;
  /** Sources that wait or are being read. */
  readonly reading: number;
}

export interface CaseReader extends Disposable {
  /** Grows with every commit of the writer. */
  revision(): number;
  title(): string;
  sources(): readonly Source[];
  /** Their sums, which cost a hundredth of the list where there are thousands. */
  sourceSums(): SourceSums;
  /** Segments with an id above `after`, in order of id. */
  segments(after?: number): readonly SegmentRow[];
  /**
   * Counts by time and level of the segments with an id above `after`, in order of id. A segment that an older version
   * wrote has none. `decode` fails with "damaged-case".
   */
  timeBins(after?: number): readonly { readonly segmentId: number; readonly samples: number; decode(): TimeBins }[];
  /** The counts of all of them as they were when somebody last stored them; null without. */
  overview(): Overview | null;
  /** The named columns of a segment, decoded; columns not asked for are null or empty. Without names: all. */
  columns(segmentId: number, names?: readonly ColumnName[]): SegmentColumns;
  /** Bytes of a source's decoded stream; shorter when the stream ends before. */
  raw(sourceId: number, offset: number, length: number): Uint8Array;
  /** Blocks of a source in order, decompressed one by one, for a scan: those that overlap `from … to`, all without. */
  rawBlocks(
    sourceId: number,
    from?: number,
    to?: number,
  ): Iterable<{ readonly offset: number; readonly bytes: Uint8Array }>;
  /** Where these blocks lie, in order, for whoever goes through much text and reads each block once. */
  rawPlaces(sourceId: number, from: number, to: number): readonly RawPlace[];
  /** Decompresses a block into `target`, which is as long as it. False when the source was cleared meanwhile. */
  rawInto(place: RawPlace, target: Uint8Array): boolean;
}
