/** Decompresses a gzip file as far as it goes; what a damaged or cut file still gives is kept, and said. */
import type { TransformOptions } from "node:stream";
import { createGunzip, type Gunzip, type ZlibOptions } from "node:zlib";
import { FailureError } from "../../../../shared/failure.ts";
import type { Chunk, ConnectorContext } from "../connector.ts";
import { CHUNK_BYTES, FIRST_CHUNK_BYTES, readFileChunks } from "./read-file.ts";

/** Text compresses 5 to 100 times; deflate itself ends at 1,032. Small files may be as dense as they like. */
export const BOMB_RATIO = 1_000;
export const BOMB_BYTES = 1_024 ** 3;
const COMPRESSED_CHUNK_BYTES = 64 * 1_024;

export interface GunzipLimits {
  readonly bombBytes?: number;
  /** Compressed bytes handed to the decompressor at once. */
  readonly compressedChunkBytes?: number;
}

export async function* gunzipChunks(
  path: string,
  context: ConnectorContext,
  { bombBytes = BOMB_BYTES, compressedChunkBytes = COMPRESSED_CHUNK_BYTES }: GunzipLimits = {},
): AsyncGenerator<Chunk> {
  const compressed = readFileChunks({ connector: "gzip", path, chunkBytes: compressedChunkBytes }, context);
  const stream = new Decompressor();
  const gathered = new Gathered();
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
      bytesRead = chunk.bytesRead;
      for await (const part of stream.write(chunk.bytes)) yield* take(part);
      if (stream.ended) break;
    }
    for await (const part of stream.end()) yield* take(part);
    if (stream.failure !== null) context.say(sentence(stream.failure, bytesRead));
    const rest = gathered.rest();
    if (rest !== null) yield { bytes: rest, bytesRead };
  } finally {
    stream.close();
  }
}

function sentence(error: NodeJS.ErrnoException, bytesRead: number): string {
  return error.code === "Z_BUF_ERROR"
    ? `The compressed file is truncated at byte ${bytesRead}; what could be decompressed is kept.`
    : `The compressed file is damaged before byte ${bytesRead} (${error.message}); what could be decompressed is kept.`;
}

/** Hands on what the decompressor gives in pieces of a useful size, each with a buffer of its own. */
class Gathered {
  #buffer = new Uint8Array(FIRST_CHUNK_BYTES);
  #length = 0;

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
    return this.#length === 0 ? null : this.#buffer.slice(0, this.#length);
  }
}

const ONE_PART_AT_A_TIME: ZlibOptions & TransformOptions = { chunkSize: 256 * 1_024, readableHighWaterMark: 1 };

/**
 * Node's stream, read by hand: it throws away what it has buffered once it fails, so each part is taken before the
 * next is made (a high-water mark of one byte), and the end is asked for apart from the last bytes.
 */
class Decompressor {
  readonly #gunzip: Gunzip = createGunzip(ONE_PART_AT_A_TIME);
  failure: NodeJS.ErrnoException | null = null;
  /** No more input is taken: the stream failed, or what follows is padding. */
  ended = false;
  #wake: () => void = () => {};

  constructor() {
    this.#gunzip.on("readable", () => this.#wake());
    this.#gunzip.on("end", () => {
      this.ended = true;
      this.#wake();
    });
    this.#gunzip.on("error", (error) => {
      this.failure ??= error;
      this.ended = true;
      this.#wake();
    });
  }

  write(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    return this.#drain((done) => void this.#gunzip.write(bytes, done));
  }

  end(): AsyncGenerator<Uint8Array> {
    return this.#drain(() => void this.#gunzip.end());
  }

  close(): void {
    this.#gunzip.destroy();
  }

  async *#drain(start: (done: () => void) => void): AsyncGenerator<Uint8Array> {
    if (this.ended) return;
    let taken = false;
    start(() => {
      taken = true;
      this.#wake();
    });
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      const wasTaken = taken || this.ended;
      for (let part = this.#read(); part !== null; part = this.#read()) yield part;
      if (wasTaken) return;
      if (!taken && !this.ended) await woken;
    }
  }

  #read(): Uint8Array | null {
    return this.ended && this.failure !== null ? null : (this.#gunzip.read() as Uint8Array | null);
  }
}
