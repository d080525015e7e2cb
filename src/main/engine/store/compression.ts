// Level 1 of zstd where node:zlib has it, of deflate where it has not: both are read everywhere, because a case made on
// one runtime is opened on another.
import zlib from "node:zlib";
import { Decompress } from "fzstd";

export const COMPRESSIONS = ["zstd", "deflate"] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** Electron before 37 and Node before 22.15 have no zstd. */
const hasZstd = typeof zlib.zstdCompressSync === "function";

/** What {@link compress} writes on this runtime. */
export const compression: Compression = hasZstd ? "zstd" : "deflate";

/** Blocks and columns are smaller when they are ours. */
const LARGEST_CHUNK = 1 << 20;

/** Node.js puts buffers of up to half of `Buffer.poolSize` in one that they share; more than that, to be sure. */
const LARGEST_POOLED = 64 * 1024;

const zstdOptions = hasZstd ? { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } } : {};

/** The result owns its memory, so that it can be moved to another thread. */
export function compress(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunkSize = largestCompressed(bytes.length);
  const compressed = hasZstd
    ? zlib.zstdCompressSync(bytes, { ...zstdOptions, chunkSize })
    : zlib.deflateSync(bytes, { level: 1, chunkSize });
  const own = new Uint8Array(compressed);
  giveBack(compressed);
  return own;
}

/**
 * No smaller than the bounds of zstd (ZSTD_COMPRESSBOUND in its zstd.h) and of zlib (deflateBound): told of room for all,
 * zstd compresses from the input straight into it, without a buffer of its own at either end.
 */
const largestCompressed = (length: number): number => length + (length >>> 8) + 128;

/**
 * What zlib reserved is given back at once and not when garbage is collected: so the next block is written where this one
 * was, in the processor's cache, and V8 does not collect for the sake of what lies outside of its heap. Blocks of the size
 * of zlib's pool share their memory with others, and stay. Node.js 20 cannot.
 */
function giveBack({ buffer }: Uint8Array): void {
  if (buffer.byteLength > LARGEST_POOLED && buffer instanceof ArrayBuffer) buffer.transfer?.(0);
}

/** Throws unless `data` holds exactly `length` bytes: a length that lies must not make us allocate more than it says. */
export function decompress(codec: string, data: Uint8Array, length: number): Uint8Array {
  const bytes = inflate(codec, data, length);
  if (bytes.length !== length) throw new RangeError(`holds ${bytes.length} bytes where ${length} are announced`);
  return bytes;
}

/** The same into memory that is there. Giving back what zlib reserved takes a quarter off the time. */
export function decompressInto(codec: string, data: Uint8Array, target: Uint8Array): void {
  const bytes = decompress(codec, data, target.length);
  target.set(bytes);
  giveBack(bytes);
}

function inflate(codec: string, data: Uint8Array, length: number): Uint8Array {
  // zlib refuses a limit of 0 and chunks below 64 bytes. One chunk that holds all spares it joining 16 KiB pieces, but
  // a damaged length must not make it reserve what was never written.
  const options = { maxOutputLength: Math.max(1, length), chunkSize: Math.min(length, LARGEST_CHUNK) + 64 };
  if (codec === "deflate") return zlib.inflateSync(data, options);
  if (codec !== "zstd") throw new RangeError(`compressed as ${codec}, which is not known here`);
  return hasZstd ? zlib.zstdDecompressSync(data, options) : unzstdPortably(data, length);
}

/** By its stream, for fzstd's single call fills or cuts what it gives to the length that it is told, and does not say so. */
export function unzstdPortably(data: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let end = 0;
  const stream = new Decompress((chunk) => {
    if (end + chunk.length > length) throw new RangeError(`holds more than the ${length} bytes that are announced`);
    bytes.set(chunk, end);
    end += chunk.length;
  });
  stream.push(new Uint8Array(data), true);
  return bytes.subarray(0, end);
}

/** CRC-32, to tell damage from data. */
export const checksum = (bytes: Uint8Array): number => zlib.crc32(bytes);
