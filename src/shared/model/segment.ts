/** A column of repeated strings: 0 is "none", i is `dictionary[i - 1]`. */
export interface DictionaryColumn {
  /** Made of {@link packed} when it is looked at, where that is there. */
  readonly dictionary: readonly string[];
  readonly index: Uint8Array | Uint16Array | Uint32Array;
  readonly packed?: PackedTexts | undefined;
}

/** The entries of a dictionary in one piece: a column of ids has tens of thousands, of which few may be looked at. */
export interface PackedTexts {
  readonly count: number;
  /** Memory that they take. */
  readonly bytes: number;
  /** From 0. */
  entry(index: number): string;
  all(): string[];
}

/** As one text. */
export class JoinedTexts implements PackedTexts {
  readonly #text: string;
  /** Where each entry ends. */
  readonly #ends: Uint32Array;

  /** Throws unless the lengths of the entries are those of the text in all. */
  constructor(text: string, lengths: Uint32Array) {
    let end = 0;
    this.#ends = lengths.map((length) => (end += length));
    if (end !== text.length) throw new RangeError(`has ${text.length} characters where ${end} belong`);
    this.#text = text;
  }

  get count(): number {
    return this.#ends.length;
  }

  get bytes(): number {
    return this.#text.length;
  }

  entry(index: number): string {
    return this.#text.slice(this.#ends[index - 1] ?? 0, this.#ends[index]);
  }

  all(): string[] {
    return Array.from(this.#ends, (_, index) => this.entry(index));
  }
}

/** All entries, for who looks at them once: {@link DictionaryColumn.dictionary} keeps them for as long as the column is kept. */
export const entryTexts = (column: DictionaryColumn): readonly string[] => column.packed?.all() ?? column.dictionary;

export const entriesOf = (column: DictionaryColumn): number => column.packed?.count ?? column.dictionary.length;

/** Of them one that there is, from 0. */
export const entryAt = (column: DictionaryColumn, entry: number): string =>
  column.packed?.entry(entry) ?? column.dictionary[entry] ?? "";

export const textAt = (column: DictionaryColumn | null, row: number): string | null => {
  if (column === null) return null;
  const code = column.index[row] ?? 0;
  return code === 0 ? null : (column.dictionary[code - 1] ?? null);
};

/** Whether a row has a text. */
export const isFilled = (column: DictionaryColumn | null, row: number): boolean => (column?.index[row] ?? 0) !== 0;

/** The same for a few rows of a column, whose other entries nobody may look at. */
export const singleTextAt = (column: DictionaryColumn | null, row: number): string | null => {
  const code = column?.index[row] ?? 0;
  if (column?.packed === undefined) return textAt(column, row);
  return code === 0 || code > column.packed.count ? null : column.packed.entry(code - 1);
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
