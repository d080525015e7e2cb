// A segment's columns as the BLOBs that a case stores, and back. The codec's name says all that a reader needs:
// "step16+zstd" is unpacked from the right to the left.
import {
  DICTIONARY_COLUMNS,
  type DictionaryColumn,
  type DictionaryColumnName,
  type SegmentColumns,
} from "../../../../shared/model/segment.ts";
import { COMPRESSIONS, compress, compression, decompress } from "../compression.ts";
import type { ColumnName, DictionaryName, EncodedColumn, EncodedSegment } from "../protocol.ts";
import { MOST_PACKED_BYTES, PACK_CODEC, packColumns, PACKED, type SingleColumn, unpackColumns } from "./column-pack.ts";
import { decodeDictionary, encodeDictionary, isDense, type BuiltDictionary } from "./dictionary.ts";
import { decodeNumbers, encodeNumbers, type NumberColumn } from "./numbers.ts";
import { encodeBins, timeBins } from "./time-bins.ts";
import { zoneMap } from "./zone-map.ts";

/** Below this the codec's own overhead eats the gain. */
const COMPRESS_FROM = 128;
/**
 * A smaller pack stays as it is: of each of thousands of small files zstd's own beginning costs its writer and each of
 * its readers more than the bytes that it saves.
 */
const COMPRESS_PACK_FROM = 8 * 1_024;
/** Compressed only when it shrinks to this share at most: reading an uncompressed column is free. */
const WORTHWHILE = 0.9;
/** Most bytes of one column once decompressed; more is damage. */
const COLUMN_LIMIT = 2 ** 30;

type NumberName = Exclude<ColumnName, DictionaryName>;

/** Every numeric column: the array it is read into, and whether a row tells something about the next. */
const NUMBER_COLUMNS: Readonly<
  Record<NumberName, { readonly array: new (count: number) => NumberColumn; readonly sequence: boolean }>
> = {
  time: { array: Float64Array, sequence: true },
  nanos: { array: Uint16Array, sequence: false },
  digits: { array: Uint8Array, sequence: false },
  duration: { array: Float64Array, sequence: true },
  kind: { array: Uint8Array, sequence: false },
  level: { array: Uint8Array, sequence: false },
  value: { array: Float64Array, sequence: true },
  offset: { array: Float64Array, sequence: true },
  length: { array: Uint32Array, sequence: false },
  line: { array: Uint32Array, sequence: true },
};
const NUMBER_NAMES = Object.keys(NUMBER_COLUMNS) as readonly NumberName[];

export const COLUMN_NAMES: readonly ColumnName[] = [...NUMBER_NAMES, ...DICTIONARY_COLUMNS];

/** The columns of a segment as they are when it is full. */
export type BuiltColumns = Omit<SegmentColumns, DictionaryColumnName> &
  Readonly<Record<DictionaryColumnName, BuiltDictionary | null>>;

/** Every `data` of the result owns its memory, so that it can be moved to another thread. */
export function encodeSegment(columns: BuiltColumns): EncodedSegment {
  return { ...summaryOf(columns), columns: encodeColumns(columns) };
}

/** What is stored of a segment beside its columns. */
export type SegmentSummary = Omit<EncodedSegment, "columns" | "shared">;

export function summaryOf(
  columns: Pick<SegmentColumns, "count" | "time" | "kind" | "level" | "offset">,
): SegmentSummary {
  return { count: columns.count, ...zoneMap(columns), bins: encodeBins(timeBins(columns)) };
}

/** One BLOB of a small segment, one a column of a larger one. */
export function encodeColumns(columns: BuiltColumns): EncodedColumn[] {
  const single = singleColumns(columns);
  const bytes = single.reduce((sum, { data }) => sum + data.length, 0);
  if (bytes > MOST_PACKED_BYTES) return single.map(({ column, ...encoded }) => ({ column, ...compressed(encoded) }));
  const pack = { codec: PACK_CODEC, data: packColumns(single) };
  return [{ column: PACKED, ...(pack.data.length < COMPRESS_PACK_FROM ? pack : compressed(pack)) }];
}

function singleColumns(columns: BuiltColumns): SingleColumn[] {
  const encoded: SingleColumn[] = [];
  for (const column of NUMBER_NAMES) {
    const values = columns[column];
    if (values !== null) encoded.push({ column, ...encodeNumbers(values, NUMBER_COLUMNS[column].sequence) });
  }
  for (const column of DICTIONARY_COLUMNS) {
    const values = columns[column];
    if (values !== null) encoded.push({ column, ...encodeDictionary(values) });
  }
  return encoded;
}

/** The columns out of a stored pack; a column that is stored alone is the only one. Throws when a pack is damaged. */
export function unpacked({ column, codec, data }: EncodedColumn): readonly SingleColumn[] {
  if (column !== PACKED) return [{ column, codec, data }];
  try {
    const pack = decompressed(codec, data);
    if (pack.codec !== PACK_CODEC) throw new RangeError(`encoded as ${codec}, which is not known here`);
    return unpackColumns(pack.data, isColumnName);
  } catch (cause) {
    throw new RangeError(`column ${column} ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Columns that are not among the encoded ones are null or empty. Throws when one is damaged, naming it. */
export function decodeColumns(count: number, encoded: readonly EncodedColumn[]): SegmentColumns {
  const columns = new Map<string, NumberColumn | DictionaryColumn>();
  for (const { column, codec, data } of encoded.flatMap(unpacked)) {
    try {
      columns.set(column, decodeColumn(column, count, decompressed(codec, data)));
    } catch (cause) {
      throw new RangeError(`column ${column} ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
  const numbers = <T extends NumberColumn>(array: new (count: number) => T, name: NumberName): T | null => {
    const column = columns.get(name);
    return column instanceof array ? column : null;
  };
  const texts = (name: DictionaryName): DictionaryColumn | null => {
    const column = columns.get(name);
    return column === undefined || ArrayBuffer.isView(column) ? null : column;
  };
  return {
    count,
    time: numbers(Float64Array, "time") ?? new Float64Array(0),
    nanos: numbers(Uint16Array, "nanos"),
    digits: numbers(Uint8Array, "digits") ?? new Uint8Array(0),
    duration: numbers(Float64Array, "duration"),
    kind: numbers(Uint8Array, "kind") ?? new Uint8Array(0),
    level: numbers(Uint8Array, "level") ?? new Uint8Array(0),
    value: numbers(Float64Array, "value"),
    offset: numbers(Float64Array, "offset") ?? new Float64Array(0),
    length: numbers(Uint32Array, "length") ?? new Uint32Array(0),
    line: numbers(Uint32Array, "line") ?? new Uint32Array(0),
    service: texts("service"),
    name: texts("name"),
    template: texts("template"),
    traceId: texts("traceId"),
    spanId: texts("spanId"),
    parentId: texts("parentId"),
    requestId: texts("requestId"),
    correlationId: texts("correlationId"),
    context: texts("context"),
  };
}

function decodeColumn(
  column: ColumnName,
  count: number,
  { codec, data }: { codec: string; data: Uint8Array },
): NumberColumn | DictionaryColumn {
  if (isNumberColumn(column)) return decodeNumbers(codec, data, new NUMBER_COLUMNS[column].array(count));
  return decodeDictionary(codec, data, count);
}

const isNumberColumn = (column: ColumnName): column is NumberName => Object.hasOwn(NUMBER_COLUMNS, column);

const columnNames: ReadonlySet<unknown> = new Set(COLUMN_NAMES);
const isColumnName = (name: unknown): name is ColumnName => columnNames.has(name);

/** Compressed where that pays; a uint32 before the compressed bytes tells their length once decompressed. */
function compressed({ codec, data }: { codec: string; data: Uint8Array }): { codec: string; data: Uint8Array } {
  if (data.length < COMPRESS_FROM || isDense(codec)) return { codec, data };
  const small = compress(data);
  if (small.length > data.length * WORTHWHILE) return { codec, data };
  const packed = new Uint8Array(4 + small.length);
  new DataView(packed.buffer).setUint32(0, data.length, true);
  packed.set(small, 4);
  return { codec: `${codec}+${compression}`, data: packed };
}

function decompressed(codec: string, data: Uint8Array): { codec: string; data: Uint8Array } {
  const plus = codec.lastIndexOf("+");
  const method = codec.slice(plus + 1);
  if (plus < 0 || !COMPRESSIONS.some((known) => known === method)) return { codec, data };
  if (data.length < 4) throw new RangeError(`has ${data.length} bytes where a length of 4 belongs`);
  const length = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
  if (length > COLUMN_LIMIT) throw new RangeError(`announces ${length} bytes, more than a column can have`);
  return { codec: codec.slice(0, plus), data: decompress(method, data.subarray(4), length) };
}
