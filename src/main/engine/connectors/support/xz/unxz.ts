// https://tukaani.org/xz/xz-file-format.txt: a file is a series of streams of blocks, with padding between them (2).
/** Decompresses xz. Every checksum and size that a file states is compared with what is there. */
import { crc32 } from "node:zlib";
import type { Inflater } from "../inflater.ts";
import { type ByteFeed, SteppedInflater, type Steps } from "../stepped.ts";
import { readBlockHeader, readNumber } from "./block-header.ts";
import { type Check, checkOf } from "./check.ts";
import { lzma2 } from "./lzma2.ts";

export const unxz = (): Inflater => new SteppedInflater(streams);

const MAGIC = Buffer.from("fd377a585a00", "hex");
export const isXz = (head: Uint8Array): boolean => MAGIC.equals(head.subarray(0, MAGIC.length));

const HEADER_BYTES = 12;
const FOOTER_BYTES = 12;
const UNIT = 4;

function* streams(feed: ByteFeed): Steps {
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst && (yield* isOver(feed))) return;
    const header = Buffer.from(yield* feed.take(HEADER_BYTES));
    if (!isXz(header)) throw new Error("no xz stream stands there");
    const flags = header.subarray(6, 8);
    if (header.readUInt32LE(8) !== crc32(flags)) throw new Error("the checksum of a stream's header is another");
    if (flags[0] !== 0 || (flags[1] ?? 0) > 0x0f) throw new Error("a stream is of no known kind");
    yield* stream(feed, flags);
  }
}

/** 2.2: padding of zeros, in fours, before the next stream or the end. */
function* isOver(feed: ByteFeed): Generator<null, boolean, undefined> {
  for (;;) {
    while (feed.left >= UNIT && isZero(feed.bytes.subarray(feed.at, feed.at + UNIT))) feed.at += UNIT;
    if (feed.left >= UNIT) return false;
    if (feed.isClosed && feed.left === 0) return true;
    if (feed.isClosed) throw new Error("something else stands behind a stream");
    yield null;
  }
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** What is known of blocks, to be compared with the index behind them. */
interface Sums {
  blocks: number;
  packed: number;
  unpacked: number;
}

function* stream(feed: ByteFeed, flags: Buffer): Steps {
  const sums: Sums = { blocks: 0, packed: 0, unpacked: 0 };
  for (;;) {
    const [first = 0] = yield* feed.take(1);
    if (first === 0) break;
    yield* block(feed, first, checkOf(flags[1] ?? 0), sums);
  }
  const index = yield* readIndex(feed, sums);
  const footer = Buffer.from(yield* feed.take(FOOTER_BYTES));
  const isRight =
    footer.readUInt32LE(0) === crc32(footer.subarray(4, 10)) &&
    (footer.readUInt32LE(4) + 1) * UNIT === index &&
    footer.subarray(8, 10).equals(flags) &&
    footer.toString("latin1", 10) === "YZ";
  if (!isRight) throw new Error("a stream ends in another way than it begins");
}

function* block(feed: ByteFeed, first: number, check: Check, sums: Sums): Steps {
  const header = yield* readBlockHeader(feed, first);
  const start = feed.position;
  let size = 0;
  for (const part of lzma2(feed, header.dictionary)) {
    if (part !== null && part.byteLength > 0) {
      size += part.byteLength;
      check.update(part);
    }
    yield part;
  }
  const packed = feed.position - start;
  if ((header.size ?? size) !== size || (header.packed ?? packed) !== packed)
    throw new Error("a block is of another size than it states");
  const padding = yield* feed.take(-packed & (UNIT - 1));
  if (!isZero(padding)) throw new Error("a block ends in another way than it should");
  const stated = yield* feed.take(check.size);
  const found = check.digest();
  if (found !== null && !Buffer.from(stated).equals(found)) throw new Error("the checksum of a block is another");
  sums.blocks += 1;
  sums.packed += header.bytes + packed + check.size;
  sums.unpacked += size;
}

/** 4: how many blocks there are, and how long each is, as they must have been met. Returns the index's own length. */
function* readIndex(feed: ByteFeed, met: Sums): Generator<null, number, undefined> {
  const start = feed.position - 1;
  let sum = crc32(Uint8Array.of(0));
  const byte = function* (): Generator<null, number, undefined> {
    const bytes = yield* feed.take(1);
    sum = crc32(bytes, sum);
    return bytes[0] ?? 0;
  };
  const blocks = yield* readNumber(byte);
  const stated: Sums = { blocks, packed: 0, unpacked: 0 };
  for (let left = Math.min(blocks, met.blocks); left > 0; left -= 1) {
    stated.packed += yield* readNumber(byte);
    stated.unpacked += yield* readNumber(byte);
  }
  if (stated.blocks !== met.blocks || stated.packed !== met.packed || stated.unpacked !== met.unpacked)
    throw new Error("the index of a stream names other blocks");
  while ((feed.position - start) % UNIT !== 0) yield* byte();
  const length = feed.position - start + UNIT;
  if (Buffer.from(yield* feed.take(UNIT)).readUInt32LE(0) !== sum)
    throw new Error("the checksum of a stream's index is another");
  return length;
}
