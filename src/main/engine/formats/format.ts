/**
 * A format turns bytes into records. It is pure: no I/O, no clock, no shared state. One file, one default export;
 * `registry.ts` finds it. Everything in it comes from the bytes, the context it wrote itself, and {@link ParseOptions}.
 */
import type { DeadLetterInput, Surroundings } from "../../../shared/model/dead-letter.ts";
import type { DecodedRecord, RecordInput, RecordView } from "../../../shared/model/record.ts";
import type { TestTotals } from "../../../shared/model/source.ts";
import type { Micros } from "../../../shared/units.ts";
import type { LineShapes } from "./support/log-object/line-shapes.ts";

/** The first bytes of a source, decoded once for all candidates. */
export interface Sample {
  /** Name of the file, a hint at best: recognition is by content. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `bytes` as UTF-8 (bad bytes as U+FFFD), without a byte order mark. */
  readonly text: string;
  /** Whole lines of `text` without their ends; the last, cut line only when the sample is complete. */
  readonly lines: readonly string[];
  /** Whether `bytes` is the whole source. */
  readonly complete: boolean;
  /**
   * What `text` holds as JSON, read as far as it goes (a cut document is closed where it ends); undefined when it does
   * not start as a JSON object or array.
   */
  readonly json: unknown;
  /** Each of `lines` as the JSON object that it is, or null. */
  readonly lineObjects: readonly (Readonly<Record<string, unknown>> | null)[];
  /** Those of them that are, one after the other; empty when the first line that is not blank does not begin as one. */
  readonly jsonLines: readonly Readonly<Record<string, unknown>>[];
  /** Of all {@link jsonLines} together: a format that looks for others need not look at each line. */
  readonly jsonKeys: ReadonlySet<string>;
}

export interface Detection {
  /** 0–1: the share of the sample that reads as this format, lowered when a more special format may fit. */
  readonly confidence: number;
  /** Why, in a few words: "48 of 50 lines are JSON objects with a time". */
  readonly reason: string;
}

/** A place in a source. */
export interface Position {
  /** Bytes of the decoded stream before it. */
  readonly offset: number;
  /** Lines before it. */
  readonly line: number;
}

export interface ParseOptions {
  /** IANA name of the zone of times that state none. */
  readonly zone: string;
  /** When the source was written at the latest; times without a year are placed before it. */
  readonly now: Micros;
  /** Whether that is when the source was last changed, and not only later than that. */
  readonly isModified?: boolean | undefined;
  /** Path of the source, which may name the day of lines that state none. */
  readonly name?: string | undefined;
  /**
   * The first bytes of the source, as many as were there to recognise it, for what one line does not tell; absent for
   * bytes of its middle. A format does not hold lines back to find that out: of a source that ends early they would be lost.
   */
  readonly head?: Uint8Array | undefined;
  /** Where the bytes begin; only told to a format that says where a source may be cut. */
  readonly from?: Position | undefined;
  /** Shapes of JSON lines that were met in other sources. They make reading faster, and change nothing of what is read. */
  readonly shapes?: LineShapes | undefined;
}

/** Where a parser puts what it reads. Offsets are bytes from the start of the decoded stream. */
export interface RecordSink {
  /** Counts units (lines, elements, rows, spans, samples) as they are met, before their fate is known. */
  read(units?: number): void;
  /** `length` is the record's own bytes without the line end; `line` counts from 1. */
  record(input: RecordInput, offset: number, length: number, line: number): void;
  /**
   * Same, without strings of what is only copied: `view` is a record until the call returns. Absent where a sink keeps
   * what it is given; a format then makes records.
   */
  recordView?(view: RecordView, offset: number, length: number, line: number): void;
  deadLetter(letter: DeadLetterInput): void;
  /** Units that are rightly not records: "blank line", "header", "comment", "continuation of the line above". */
  skip(reason: string, units?: number): void;
  /** Something a person should know of the whole source; repeated messages of one key are counted, the first is shown. */
  warn(key: string, message: string): void;
  /** Sums of a test report. */
  tests(totals: TestTotals): void;
}

/** Where the first time of a source stands in its line: those of its other records stand there too. */
export type TimePlace = "leading" | "inner";

/** Reads one source, chunk by chunk. A chunk may be reused by the caller after `push` returns. */
export interface Parser {
  push(chunk: Uint8Array): void;
  /** The stream has ended; whatever is pending becomes a record or a dead letter now. */
  end(): void;
  /** Of a format whose records may go over lines: where the one begins that is not ended yet. */
  readonly pending?: Position | null;
  /** Of a format that has `beginsRecord`; null until there was a time. */
  readonly timePlace?: TimePlace | null;
  /** Of a source that was read from its beginning to its end; null where it held anything else. */
  readonly objectLines?: FoundObjectLines | null;
}

/** What a unit needs around it to be read alone, when it was a dead letter and is read again. */
export interface ReadAround extends Surroundings {
  /** Where only a part of the unit is a dead letter and the rest is in the case: the records of that part. */
  readonly keeps?: ((record: RecordInput) => boolean) | undefined;
}

/** What `detect` says of a sample whose lines, two at least, all are JSON objects that hold no list. */
export interface ObjectLines {
  /** Not known where one of the objects has one of these keys. */
  readonly unless: readonly string[];
  readonly says: Detection | null;
}

/** A source that was read whole, and holds nothing but such lines. */
export interface FoundObjectLines {
  readonly lines: number;
  /** Of all objects together. */
  readonly keys: ReadonlySet<string>;
  /** What the `detect` of the format that read them says of them. */
  readonly says: Detection;
}

export const SPAN_KINDS = ["internal", "server", "client", "producer", "consumer"] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/** What only a span's own bytes tell of it, and no column holds. */
export interface SpanFacts {
  /** As the source writes it; records carry ids in lower case. */
  readonly id: string;
  readonly kind: SpanKind | null;
  /** Whether the span only follows from its parent, which did not wait for it. */
  readonly followsFrom: boolean;
}

export interface Format {
  /** Lower-case with hyphens: "json-lines". */
  readonly id: string;
  readonly title: string;
  /** Raised when the same bytes would give other records. */
  readonly version: number;
  /** What `read` counts. */
  readonly unit: "line" | "element" | "row" | "span" | "sample" | "commit" | "test";
  /** Set where what a line becomes depends on no other line: stretches of one source may then be read at once. */
  readonly linesStandAlone?: true;
  /**
   * Of a format whose records may go over lines: whether the line begins a record whatever stands before it, and is read
   * as it is in its source by a parser that starts there. Stretches that begin so may then be read at once.
   */
  readonly beginsRecord?: (line: Uint8Array, place: TimePlace) => boolean;
  /** Null when the sample is certainly something else. */
  detect(sample: Sample): Detection | null;
  /** Absent where `detect` says nothing of such lines, whatever their keys, and of the format that reads them. */
  readonly objectLines?: ObjectLines | undefined;
  parser(options: ParseOptions, sink: RecordSink): Parser;
  /** Reads one record's own bytes again, for people. Must accept exactly what `record` was called with. */
  decode(raw: Uint8Array, context: string | null): DecodedRecord;
  /** Absent where a format has no spans. Null for bytes that are none. */
  readonly span?: ((raw: Uint8Array, context: string | null) => SpanFacts | null) | undefined;
  /**
   * Absent where a unit can be read alone. For a letter that carries no surroundings of its own: `head` is the
   * beginning of the source, `reason` and `message` are what the format said of the dead letter.
   */
  readonly around?: (letter: {
    readonly head: Uint8Array;
    readonly reason: string;
    readonly message: string;
    readonly text: Uint8Array;
  }) => ReadAround;
}
