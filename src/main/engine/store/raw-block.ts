// The text of a source, kept in the case as compressed blocks of about 256 KiB: small enough to decompress one for one
// line, large enough to shrink to a fifth.
import { compress, compression, decompress, decompressInto } from "./compression.ts";
import type { RawBlock } from "./protocol.ts";

export const BLOCK_BYTES = 256 * 1024;

/** Cuts a stream of chunks into blocks that follow each other without gaps. */
export class RawBlockCutter {
  /** Grows to a whole block: of thousands of small sources each would cost one. */
  #pending = new Uint8Array(0);
  #pendingBytes = 0;
  #offset: number;

  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** The blocks that this chunk completes. The chunk may be reused afterwards. */
  push(chunk: Uint8Array): RawBlock[] {
    const blocks: RawBlock[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#pendingBytes === 0 && chunk.length - at >= BLOCK_BYTES) {
        blocks.push(this.#cut(chunk.subarray(at, at + BLOCK_BYTES)));
        at += BLOCK_BYTES;
        continue;
      }
      const taken = Math.min(BLOCK_BYTES - this.#pendingBytes, chunk.length - at);
      this.#reserve(this.#pendingBytes + taken);
      this.#pending.set(chunk.subarray(at, at + taken), this.#pendingBytes);
      this.#pendingBytes += taken;
      at += taken;
      if (this.#pendingBytes === BLOCK_BYTES) blocks.push(...this.flush());
    }
    return blocks;
  }

  /** What is pending as a block of its own: at the end, and wherever a commit must hold all bytes so far. */
  flush(): RawBlock[] {
    if (this.#pendingBytes === 0) return [];
    const block = this.#cut(this.#pending.subarray(0, this.#pendingBytes));
    this.#pendingBytes = 0;
    return [block];
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#pending.length) return;
    const grown = new Uint8Array(Math.min(Math.max(bytes, this.#pending.length * 2), BLOCK_BYTES));
    grown.set(this.#pending.subarray(0, this.#pendingBytes));
    this.#pending = grown;
  }

  #cut(bytes: Uint8Array): RawBlock {
    const block = compressBlock(this.#offset, bytes);
    this.#offset += bytes.length;
    return block;
  }
}

/** The block's `data` owns its memory, so that it can be moved to another thread. */
export function compressBlock(offset: number, bytes: Uint8Array): RawBlock {
  const data = compress(bytes);
  if (data.length < bytes.length) return { offset, length: bytes.length, codec: compression, data };
  return { offset, length: bytes.length, codec: "none", data: new Uint8Array(bytes) };
}

/** Throws when the block is damaged. */
export function decompressBlock({ codec, data, length }: RawBlock): Uint8Array {
  if (codec !== "none") return decompress(codec, data, length);
  if (data.length !== length) throw new RangeError(`holds ${data.length} bytes where ${length} are announced`);
  return data;
}

/** Throws when the block is damaged. `target` is as long as the block. */
export function decompressBlockInto({ codec, data, length }: RawBlock, target: Uint8Array): void {
  if (length !== target.length) throw new RangeError(`is ${length} bytes long where ${target.length} were announced`);
  if (codec !== "none") decompressInto(codec, data, target);
  else if (data.length === length) target.set(data);
  else throw new RangeError(`holds ${data.length} bytes where ${length} are announced`);
}

/** Bytes `offset … offset + length` out of blocks that follow each other; shorter when they end before. */
export function cutRange(
  blocks: Iterable<{ readonly offset: number; readonly bytes: Uint8Array }>,
  offset: number,
  length: number,
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const block of blocks) {
    const start = Math.max(0, offset - block.offset);
    const end = Math.min(block.bytes.length, offset + length - block.offset);
    if (start < end) parts.push(block.bytes.subarray(start, end));
  }
  return new Uint8Array(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));
}
