/**
 * The columns of a small segment as one BLOB. Of a file of fifty lines each column would cost a row of its own, a
 * checksum and a compression, and what is known of them would be larger than what they hold.
 *
 *   uint32    bytes of the directory
 *   UTF-8     the directory, JSON: [[column, codec, bytes], …]
 *   bytes     the columns in that order, encoded and not compressed: the pack is, as a whole
 */
import type { ColumnName, EncodedColumn } from "../protocol.ts";

/** Stands for a column's name where a BLOB holds them all. */
export const PACKED = "*";
export const PACK_CODEC = "pack";

/** Encoded columns that have no more bytes together are packed: reading one of them then costs as little as one alone. */
export const MOST_PACKED_BYTES = 32 * 1_024;

const HEADER = 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A column by its own name. */
export interface SingleColumn extends EncodedColumn {
  readonly column: ColumnName;
}

export function packColumns(columns: readonly SingleColumn[]): Uint8Array<ArrayBuffer> {
  const directory = encoder.encode(
    JSON.stringify(columns.map(({ column, codec, data }) => [column, codec, data.length])),
  );
  const bytes = columns.reduce((sum, { data }) => sum + data.length, HEADER + directory.length);
  const packed = new Uint8Array(bytes);
  new DataView(packed.buffer).setUint32(0, directory.length, true);
  packed.set(directory, HEADER);
  let at = HEADER + directory.length;
  for (const { data } of columns) {
    packed.set(data, at);
    at += data.length;
  }
  return packed;
}

/** The columns of a pack, as views of it. Throws when it is damaged. */
export function unpackColumns(packed: Uint8Array, isColumn: (name: unknown) => name is ColumnName): SingleColumn[] {
  if (packed.length < HEADER) throw new RangeError(`has ${packed.length} bytes where a header of ${HEADER} belongs`);
  const directoryBytes = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0, true);
  let at = HEADER + directoryBytes;
  if (at > packed.length) throw new RangeError(`has ${packed.length} bytes where more than ${at} belong`);
  const directory = directoryOf(packed.subarray(HEADER, at));
  const columns = directory.map((entry) => {
    const [column, codec, bytes] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
    if (!isColumn(column) || typeof codec !== "string" || typeof bytes !== "number" || !isLength(bytes))
      throw new RangeError("names something that is no column");
    at += bytes;
    if (at > packed.length) throw new RangeError(`ends in the middle of column ${column}`);
    return { column, codec, data: packed.subarray(at - bytes, at) };
  });
  if (at !== packed.length) throw new RangeError(`has ${packed.length} bytes where ${at} belong`);
  return columns;
}

const isLength = (bytes: number): boolean => Number.isSafeInteger(bytes) && bytes >= 0;

function directoryOf(bytes: Uint8Array): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoder.decode(bytes));
  } catch {
    parsed = null;
  }
  if (!Array.isArray(parsed)) throw new RangeError("has no directory");
  return parsed as readonly unknown[];
}
