// https://en.wikipedia.org/wiki/Bzip2#File_format and the source of bzip2 1.0.8: there is no other specification.
/**
 * Decompresses bzip2: streams that stand one after the other, each of blocks that stand alone. A block is handed on once
 * its checksum fits, so that nothing of a damaged one is taken for text.
 */
import type { Inflater } from "../inflater.ts";
import { type ByteFeed, PAUSE, SteppedInflater, type Steps } from "../stepped.ts";
import { BitReader } from "./bits.ts";
import { BlockSymbols } from "./block.ts";

export const bunzip2 = (): Inflater => new SteppedInflater(streams);

/** "BZh", the size of blocks in 100,000 bytes, and pi or its square root as a block or the end begins with it. */
export const isBzip2 = (head: Uint8Array): boolean =>
  /^BZh[1-9](?:1AY&SY|\u0017rE8P\u0090)/u.test(String.fromCharCode(...head.subarray(0, 10)));

const STREAM_HEADER_BYTES = 4;
/** Twice the longest of what stands before and behind a block, so that it is read in one piece. */
const AROUND_BLOCK_BYTES = 32;
const BLOCK = 0x314159;
const BLOCK_REST = 0x265359;
const END = 0x177245;
const END_REST = 0x385090;

function* streams(feed: ByteFeed): Steps {
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst && (yield* isPadding(feed))) return;
    const header = yield* feed.take(STREAM_HEADER_BYTES);
    const [b, z, h, digit = 0] = header;
    if (b !== 0x42 || z !== 0x5a || h !== 0x68 || digit < 0x31 || digit > 0x39)
      throw new Error("no bzip2 stream stands there");
    yield* blocks(feed, (digit - 0x30) * 100_000);
  }
}

/** Whether only zeros follow, or nothing. */
function* isPadding(feed: ByteFeed): Generator<null, boolean, undefined> {
  for (;;) {
    while (feed.left > 0 && feed.bytes[feed.at] === 0) feed.at += 1;
    if (feed.left > 0) return false;
    if (feed.isClosed) return true;
    yield null;
  }
}

function* blocks(feed: ByteFeed, most: number): Steps {
  const bits = new BitReader(feed);
  const block = new BlockSymbols(bits, most);
  let whole = 0;
  for (;;) {
    yield* feed.fill(AROUND_BLOCK_BYTES);
    const magic = bits.read(24);
    const rest = bits.read(24);
    const sum = bits.readWord();
    bits.check();
    if (magic === END && rest === END_REST) {
      if (sum !== whole) throw new Error("the checksum of a stream is another");
      bits.align();
      return;
    }
    if (magic !== BLOCK || rest !== BLOCK_REST) throw new Error("neither a block nor the end stands there");
    try {
      yield* block.read();
    } catch (thrown) {
      // What was read behind the end is no damage.
      bits.check();
      throw thrown;
    }
    const text = new BlockText(block);
    while (text.goOn()) yield PAUSE;
    if (text.sum !== sum) throw new Error("the checksum of a block is another");
    whole = (((whole << 1) | (whole >>> 31)) ^ sum) >>> 0;
    yield text.bytes.subarray(0, text.length);
  }
}

/** Bytes of the block between two turns of the event loop. */
const ROWS_AT_ONCE = 200_000;
/** So many equal bytes are followed by how many more there are. */
const RUN = 4;

/** What a block stands for: the sorted rows put back into their order, and its runs written out. */
class BlockText {
  bytes = new Uint8Array(0);
  length = 0;
  #sum = -1;
  readonly #rows: Int32Array;
  #row: number;
  #left: number;
  #last = -1;
  #equal = 0;

  constructor({ column, length, origin, counts }: BlockSymbols) {
    if (origin >= length) throw new Error("a block begins outside of itself");
    const places = new Int32Array(256);
    for (let byte = 1; byte < 256; byte += 1) places[byte] = (places[byte - 1] ?? 0) + (counts[byte - 1] ?? 0);
    for (let row = 0; row < length; row += 1) {
      const byte = (column[row] ?? 0) & 0xff;
      const place = places[byte] ?? 0;
      places[byte] = place + 1;
      column[place] = (column[place] ?? 0) | (row << 8);
    }
    this.#rows = column;
    this.#row = (column[origin] ?? 0) >>> 8;
    this.#left = length;
    this.bytes = new Uint8Array(length + (length >> 3) + 2 * 256);
  }

  get sum(): number {
    return ~this.#sum >>> 0;
  }

  /** False when all of it is there. */
  goOn(): boolean {
    const rows = this.#rows;
    let count = Math.min(this.#left, ROWS_AT_ONCE);
    this.#left -= count;
    let [row, last, equal, length, sum] = [this.#row, this.#last, this.#equal, this.length, this.#sum];
    let { bytes } = this;
    for (; count > 0; count -= 1) {
      const entry = rows[row] ?? 0;
      const byte = entry & 0xff;
      row = entry >>> 8;
      if (length + 256 > bytes.length) bytes = this.#grown(length);
      if (equal === RUN) {
        for (let more = byte; more > 0; more -= 1) {
          bytes[length] = last;
          length += 1;
          sum = (sum << 8) ^ (CHECKSUMS[(sum >>> 24) ^ last] ?? 0);
        }
        equal = 0;
        last = -1;
        continue;
      }
      equal = byte === last ? equal + 1 : 1;
      last = byte;
      bytes[length] = byte;
      length += 1;
      sum = (sum << 8) ^ (CHECKSUMS[(sum >>> 24) ^ byte] ?? 0);
    }
    [this.#row, this.#last, this.#equal, this.length, this.#sum] = [row, last, equal, length, sum];
    return this.#left > 0;
  }

  /** At most 259 bytes come of five: 47 MB of the largest block. */
  #grown(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(2 * this.bytes.length);
    bytes.set(this.bytes.subarray(0, length));
    this.bytes = bytes;
    return bytes;
  }
}

/** CRC-32 as of Ethernet, the highest bit first: zlib's has the lowest first. */
const CHECKSUMS = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  return sum;
});
