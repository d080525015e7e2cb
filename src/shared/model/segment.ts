/** A column of repeated strings: 0 is "none", i is `dictionary[i - 1]`. */
export interface DictionaryColumn {
  readonly dictionary: readonly string[];
  readonly index: Uint8Array | Uint16Array | Uint32Array;
}

export const textAt = (column: DictionaryColumn | null, row: number): string | null => {
  if (column === null) return null;
  const code = column.index[row] ?? 0;
  return code === 0 ? null : (column.dictionary[code - 1] ?? null);
};

/** Most records of one segment. */
export const SEGMENT_CAPACITY = 65_536;

/** Columns that hold repeated strings. */
export const DICTIONARY_COLUMNS = [
  "service",
  "name",
  "template",
  "traceId",
  "spanId",
  "parentId",
  "requestId",
  "correlationId",
  "context",
] as const;
export type DictionaryColumnName = (typeof DICTIONARY_COLUMNS)[number];

/**
 * Up to {@link SEGMENT_CAPACITY} records of one source, one typed array a column, rows in the source's order.
 * A column that no record fills is null.
 */
export interface SegmentColumns extends Readonly<Record<DictionaryColumnName, DictionaryColumn | null>> {
  readonly count: number;
  /** Microseconds since the epoch; NaN where a record has no time. */
  readonly time: Float64Array;
  /** Nanoseconds below the microsecond. */
  readonly nanos: Uint16Array | null;
  /** Decimals that the source wrote. */
  readonly digits: Uint8Array;
  /** Microseconds; NaN where a record has none. */
  readonly duration: Float64Array | null;
  readonly kind: Uint8Array;
  readonly level: Uint8Array;
  /** NaN where a record has none. */
  readonly value: Float64Array | null;
  /** Byte range in the decoded stream of the source. */
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  /** Line (from 1) or, where a format has no lines, the number of the element. */
  readonly line: Uint32Array;
}
