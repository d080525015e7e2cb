import type { DurationMicros, Micros } from "../units.ts";
import type { Text } from "./ascii-slice.ts";
import type { Level } from "./level.ts";

/** What a record is; the index is what segments store. Append only. */
export const RECORD_KINDS = [
  "log",
  "span",
  "sample",
  "commit",
  "deploy",
  "flag",
  "alert",
  "ci-run",
  "test",
  "dependency",
  "json",
  "text",
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];
export const kindCode = (kind: RecordKind): number => RECORD_KINDS.indexOf(kind);
/** 1 for the codes of these kinds: a loop over all records asks a table faster than a set. */
export const kindTable = (kinds: readonly RecordKind[]): Uint8Array =>
  Uint8Array.from(RECORD_KINDS, (kind) => Number(kinds.includes(kind)));
export const kindName = (code: number): RecordKind => RECORD_KINDS[code] ?? "json";

/** A moment as its source wrote it: whole microseconds, the nanoseconds below, and how many decimals were written. */
export interface Timestamp {
  readonly micros: Micros;
  /** 0–999, below the microsecond. */
  readonly nanos: number;
  /** Decimals of the second that the source has, 0–9. */
  readonly digits: number;
}

/** A scalar of a record; arrays and depths beyond the limit are kept as their JSON text. */
export type FieldValue = string | number | boolean | null;
/** Every field as it is written, nested keys dotted, in the source's order. Pairs, so that `__proto__` is a key like any other. */
export type Fields = readonly (readonly [key: string, value: FieldValue])[];

interface RecordOf<T> {
  readonly kind: RecordKind;
  /** Null when the source holds none or one that is out of range. */
  readonly time: Timestamp | null;
  /** Of a span, a CI run or a test. Never negative. */
  readonly duration?: DurationMicros | undefined;
  readonly level: Level;
  readonly service: T | null;
  /** The line as a person reads it. Only its template is stored. */
  readonly message: T;
  /** Operation of a span, series of a sample, sha, flag, monitor or test name. */
  readonly name?: T | undefined;
  /** Of a sample; call count of a dependency. */
  readonly value?: number | undefined;
  readonly traceId?: T | undefined;
  readonly spanId?: T | undefined;
  /** Parent span id of a span; called service of a dependency. */
  readonly parentId?: T | undefined;
  readonly requestId?: T | undefined;
  readonly correlationId?: T | undefined;
  /**
   * What lies outside of the record's bytes and is needed to read them (CSV header, OTLP resource, series labels),
   * as the format's own text. Repeated strings cost nothing.
   */
  readonly context?: T | undefined;
}

/** What a format says of one record; text stays behind as a byte range and is decoded when somebody looks. */
export interface RecordInput extends RecordOf<string> {}

/** The same for a moment only: its texts may still lie in the bytes of the source, and the next record may overwrite it. */
export interface RecordView extends RecordOf<Text> {}

/** What a format reads out of one record's bytes when somebody looks. */
export interface DecodedRecord {
  readonly message: string;
  readonly fields: Fields;
}

/** "s12:4031": segment and row. Stable, for segments are never rewritten. */
export type RecordRef = `s${number}:${number}`;

/** One record as the list shows it. */
export interface RecordRow {
  readonly ref: string;
  readonly time: Micros | null;
  readonly nanos: number;
  readonly digits: number;
  readonly kind: RecordKind;
  readonly level: Level;
  readonly service: string | null;
  readonly message: string;
  readonly sourceId: number;
  readonly line: number;
}
