/** The header of a block of xz (3.1): how it is packed, and where it tells, how long it is. */
import { crc32 } from "node:zlib";
import type { ByteFeed } from "../stepped.ts";

/** A dictionary is memory. xz -9 has 64 MiB; this is where our reader of Zstandard stops, too. */
const MOST_DICTIONARY = 128 * 1_024 * 1_024;
const LZMA2 = 0x21;
/** 5.3: filters that may stand before it. */
const FILTERS: Readonly<Record<number, string>> = {
  0x03: "delta",
  0x04: "x86",
  0x05: "PowerPC",
  0x06: "Itanium",
  0x07: "ARM",
  0x08: "ARM-Thumb",
  0x09: "SPARC",
  0x0a: "ARM64",
  0x0b: "RISC-V",
};

export interface BlockHeader {
  readonly bytes: number;
  /** Null where it is not told. */
  readonly packed: number | null;
  readonly size: number | null;
  readonly dictionary: number;
}

/** `first` is its first byte, which tells its length. */
export function* readBlockHeader(feed: ByteFeed, first: number): Generator<null, BlockHeader, undefined> {
  const length = (first + 1) * 4;
  const rest = yield* feed.take(length - 1);
  const header = Buffer.concat([Uint8Array.of(first), rest]);
  if (header.readUInt32LE(length - 4) !== crc32(header.subarray(0, length - 4)))
    throw new Error("the checksum of a block's header is another");
  const fields = header.subarray(1, length - 4).values();
  // oxlint-disable-next-line eslint/require-yield -- all of the header is there
  const next = function* (): Generator<never, number, undefined> {
    return fields.next().value ?? 0;
  };
  const flags = yield* next();
  if ((flags & 0x3c) !== 0) throw new Error("a block is of no known kind");
  const packed = (flags & 0x40) === 0 ? null : yield* readNumber(next);
  const size = (flags & 0x80) === 0 ? null : yield* readNumber(next);
  const filter = yield* readNumber(next);
  if ((flags & 3) > 0 || filter !== LZMA2)
    throw new Error(`a block is packed with a filter that is not read (${FILTERS[filter] ?? filter})`);
  if ((yield* readNumber(next)) !== 1) throw new Error("a block is of no known kind");
  return { bytes: length, packed, size, dictionary: dictionarySize(yield* next()) };
}

/** 5.3.1: 4 KiB to 4 GiB, in steps of two or three times a power of two. */
function dictionarySize(byte: number): number {
  const size = (2 | (byte & 1)) * 2 ** ((byte >> 1) + 11);
  if (byte > 40) throw new Error("a block is of no known kind");
  if (size > MOST_DICTIONARY) throw new Error(`it needs ${size} bytes of memory, more than ${MOST_DICTIONARY}`);
  return size;
}

/** 1.2: seven bits a byte, the lowest first; up to 63 bits, of which a file of any real size needs 53. */
export function* readNumber(next: () => Generator<null, number, undefined>): Generator<null, number, undefined> {
  let value = 0;
  for (let place = 0; place < 9; place += 1) {
    const byte = yield* next();
    value += (byte & 0x7f) * 2 ** (7 * place);
    if (byte < 0x80) return value;
  }
  throw new Error("a number is longer than it may be");
}
