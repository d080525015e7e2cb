/** What a block of xz is compared with (2.1.1.2): its checksum, of the kind that its stream names. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { Crc64 } from "./crc64.ts";

export interface Check {
  /** Bytes that it takes in the file. */
  readonly size: number;
  update(bytes: Uint8Array): void;
  /** Null where it is of a kind that nobody knows, and tells nothing. */
  digest(): Uint8Array | null;
}

/** By the kind, of which there may be 16. */
const SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const CRC32 = 1;
const CRC64 = 4;
const SHA256 = 10;

export function checkOf(kind: number): Check {
  const size = SIZES[kind] ?? 0;
  if (kind === CRC32) return crc32Check();
  if (kind === CRC64) {
    const sum = new Crc64();
    return { size, update: (bytes) => sum.update(bytes), digest: () => sum.digest() };
  }
  if (kind === SHA256) {
    const hash = createHash("sha256");
    return { size, update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  }
  return { size, update: () => {}, digest: () => null };
}

function crc32Check(): Check {
  let sum = 0;
  return {
    size: 4,
    update: (bytes) => void (sum = crc32(bytes, sum)),
    digest: () => new Uint8Array(Uint32Array.of(sum).buffer),
  };
}
