/** Decompresses a stream as far as it goes; what a damaged or cut one still gives is kept, and said. */
import { FailureError } from "../../../../shared/failure.ts";
import type { Chunk, ConnectorContext } from "../connector.ts";
import type { Inflater } from "./inflater.ts";
import { CHUNK_BYTES, FIRST_CHUNK_BYTES } from "./read-file.ts";

/** Text compresses 5 to 100 times; deflate itself ends at 1,032. Small files may be as dense as they like. */
export const BOMB_RATIO = 1_000;
export const BOMB_BYTES = 1_024 ** 3;
/** Compressed bytes that are handed to a decompressor at once. */
const COMPRESSED_CHUNK_BYTES = 64 * 1_024;

export interface UnpackOptions {
  /** Of what is unpacked, for what is said of it. */
  readonly path: string;
  readonly inflater: Inflater;
  /** What it should unpack to; null when that is not known. A hint. */
  readonly size?: number | null;
  readonly bombBytes?: number;
  readonly compressedChunkBytes?: number;
}

export async function* unpackedChunks(
  compressed: AsyncIterable<Chunk>,
  { path, inflater, size, bombBytes = BOMB_BYTES, compressedChunkBytes = COMPRESSED_CHUNK_BYTES }: UnpackOptions,
  context: Pick<ConnectorContext, "say">,
): AsyncGenerator<Chunk> {
  const gathered = new Gathered(size ?? FIRST_CHUNK_BYTES);
  let bytesRead = 0;
  let unpacked = 0;
  const take = function* (part: Uint8Array): Generator<Chunk> {
    unpacked += part.byteLength;
    if (unpacked > bombBytes && unpacked > bytesRead * BOMB_RATIO) {
      throw new FailureError(
        "decompression-bomb",
        `${path} unpacks to more than ${BOMB_RATIO} times its size (${unpacked} bytes from ${bytesRead}); refused as a decompression bomb.`,
      );
    }
    for (const bytes of gathered.add(part)) yield { bytes, bytesRead };
  };
  try {
    for await (const chunk of compressed) {
      const before = chunk.bytesRead - chunk.bytes.byteLength;
      for (let at = 0; at < chunk.bytes.byteLength && !inflater.ended; at += compressedChunkBytes) {
        const piece = chunk.bytes.subarray(at, at + compressedChunkBytes);
        bytesRead = before + at + piece.byteLength;
        for await (const part of inflater.write(piece)) yield* take(part);
      }
      if (inflater.ended) break;
    }
    for await (const part of inflater.end()) yield* take(part);
    if (inflater.failure !== null) context.say(sentence(inflater.failure, bytesRead));
    const rest = gathered.rest();
    if (rest !== null) yield { bytes: rest, bytesRead };
  } finally {
    inflater.close();
  }
}

function sentence(error: NodeJS.ErrnoException, bytesRead: number): string {
  return error.code === "Z_BUF_ERROR"
    ? `The compressed file is truncated at byte ${bytesRead}; what could be decompressed is kept.`
    : `The compressed file is damaged before byte ${bytesRead} (${error.message}); what could be decompressed is kept.`;
}

/** Hands on what the decompressor gives in pieces of a useful size, each with a buffer of its own. */
class Gathered {
  #buffer: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(size: number) {
    this.#buffer = new Uint8Array(Math.min(Math.max(size, 1), FIRST_CHUNK_BYTES));
  }

  *add(part: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
    let at = 0;
    while (at < part.byteLength) {
      const taken = Math.min(part.byteLength - at, this.#buffer.byteLength - this.#length);
      this.#buffer.set(part.subarray(at, at + taken), this.#length);
      this.#length += taken;
      at += taken;
      if (this.#length === this.#buffer.byteLength) {
        yield this.#buffer;
        this.#buffer = new Uint8Array(CHUNK_BYTES);
        this.#length = 0;
      }
    }
  }

  rest(): Uint8Array<ArrayBuffer> | null {
    // A buffer of which little is used would hold the rest of it, too.
    return this.#length === 0 ? null : this.#buffer.slice(0, this.#length);
  }
}
