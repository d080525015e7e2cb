// Columns of repeated strings: the rows' indexes, the lengths of the entries, and all entries as one text, so that
// sixty thousand of them are decoded in one go. The text of ids is written as their digits.
import { JoinedTexts, type DictionaryColumn, type PackedTexts } from "../../../../shared/model/segment.ts";
import { encodeHex, HexTexts } from "./hex-texts.ts";
import { decodeNumbers, encodeNumbers, type EncodedNumbers } from "./numbers.ts";

/** Three uint32: entries, bytes of the indexes, bytes of the lengths. */
const HEADER = 12;

/** A column whose entries are ready to be stored. */
export interface BuiltDictionary {
  readonly index: Uint8Array | Uint16Array | Uint32Array;
  /** Of the entries, in UTF-16 code units. */
  readonly lengths: Uint32Array;
  /** All entries one after the other. */
  readonly text: Uint8Array;
  readonly encoding: "utf8" | "utf16le";
}

/**
 * The entries of codes 1, 2, …: `ends` tells where the bytes of each end (from 0 on), which are ASCII; `others` names those
 * that have none there, in the order of their codes. The result may be a view of `bytes`.
 */
export function packEntries(
  bytes: Uint8Array,
  ends: Uint32Array,
  others: Iterable<readonly [text: string, code: number]>,
): Omit<BuiltDictionary, "index"> {
  const lengths = new Uint32Array(ends.length - 1);
  for (let code = 1; code < ends.length; code += 1) lengths[code - 1] = (ends[code] ?? 0) - (ends[code - 1] ?? 0);
  const { buffer, byteOffset } = bytes;
  const parts: string[] = [];
  let from = 0;
  for (const [text, code] of others) {
    if (lengths[code - 1] !== 0) continue;
    const to = ends[code] ?? 0;
    parts.push(Buffer.from(buffer, byteOffset + from, to - from).toString("latin1"), text);
    lengths[code - 1] = text.length;
    from = to;
  }
  if (parts.length === 0) return { lengths, text: bytes, encoding: "utf8" };
  parts.push(Buffer.from(buffer, byteOffset + from, bytes.length - from).toString("latin1"));
  const text = parts.join("");
  // UTF-8 has no half surrogates; a text that holds one is rare and kept as the code units that it has.
  const encoding = text.isWellFormed() ? "utf8" : "utf16le";
  return { lengths, text: Buffer.from(text, encoding), encoding };
}

export function encodeDictionary({ index, lengths, text, encoding }: BuiltDictionary): EncodedNumbers {
  const codes = encodeNumbers(index, false);
  const sizes = encodeNumbers(lengths, false);
  const hex = encoding === "utf8" && sizes.codec === "const" ? encodeHex(text, lengths.length) : null;
  const entries = hex ?? text;
  const lengthsAt = HEADER + codes.data.length;
  const textAt = lengthsAt + sizes.data.length;
  const data = new Uint8Array(textAt + entries.length);
  new Uint32Array(data.buffer, 0, 3).set([lengths.length, codes.data.length, sizes.data.length]);
  data.set(codes.data, HEADER);
  data.set(sizes.data, lengthsAt);
  data.set(entries, textAt);
  return { codec: `dict:${codes.codec}:${sizes.codec}:${hex === null ? encoding : "hex"}`, data };
}

/** Whether a column's bytes are nearly as few as can be: compressing them would only cost time. */
export const isDense = (codec: string): boolean => codec.endsWith(":hex");

/** Throws when `data` is not what `codec` says. */
export function decodeDictionary(codec: string, data: Uint8Array, count: number): DictionaryColumn {
  const [, indexCodec = "", lengthCodec = "", encoding] = codec.split(":");
  if (encoding !== "utf8" && encoding !== "utf16le" && encoding !== "hex")
    throw new RangeError(`encoded as ${codec}, which is not known here`);
  if (data.length < HEADER) throw new RangeError(`has ${data.length} bytes where a header of ${HEADER} belongs`);
  // Not slice(): that of a Buffer is a view of its pool.
  const [entries = 0, indexBytes = 0, lengthBytes = 0] = new Uint32Array(
    Uint8Array.from(data.subarray(0, HEADER)).buffer,
  );
  // Every entry is used by a row at least: more of them are damage, and would be a way to make us allocate.
  if (entries > count) throw new RangeError(`has ${entries} entries for ${count} rows`);
  const textAt = HEADER + indexBytes + lengthBytes;
  if (textAt > data.length) throw new RangeError(`has ${data.length} bytes where more than ${textAt} belong`);
  const index = decodeNumbers(indexCodec, data.subarray(HEADER, HEADER + indexBytes), indexFor(entries, count));
  const lengths = decodeNumbers(lengthCodec, data.subarray(HEADER + indexBytes, textAt), new Uint32Array(entries));
  const text = data.subarray(textAt);
  const packed = encoding === "hex" ? new HexTexts(text, entries) : new JoinedTexts(textOf(text, encoding), lengths);
  return new PackedColumn(packed, index);
}

/**
 * From a copy at an even address, and never from half a code unit: Node's own decoding of UTF-16 writes beyond its
 * memory when it is given an odd number of bytes at an odd address, and the bytes come from files of other people.
 */
function textOf(bytes: Uint8Array, encoding: "utf8" | "utf16le"): string {
  if (encoding === "utf8") return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  if (bytes.length % 2 !== 0)
    throw new RangeError(`has ${bytes.length} bytes of UTF-16, which is no whole number of characters`);
  return Buffer.from(Uint8Array.from(bytes).buffer).toString("utf16le");
}

/** The narrowest array that holds 0…entries. */
export function indexFor(entries: number, rows: number): Uint8Array | Uint16Array | Uint32Array {
  if (entries < 2 ** 8) return new Uint8Array(rows);
  return entries < 2 ** 16 ? new Uint16Array(rows) : new Uint32Array(rows);
}

class PackedColumn implements DictionaryColumn {
  readonly packed: PackedTexts;
  readonly index: DictionaryColumn["index"];
  #dictionary: readonly string[] | null = null;

  constructor(packed: PackedTexts, index: DictionaryColumn["index"]) {
    this.packed = packed;
    this.index = index;
  }

  get dictionary(): readonly string[] {
    return (this.#dictionary ??= this.packed.all());
  }
}
