/** Decompressors of node:zlib, read by hand. */
import type { Transform, TransformOptions } from "node:stream";
import { createGunzip, createInflateRaw } from "node:zlib";

/** Takes compressed bytes, gives what they unpack to. */
export interface Inflater {
  /** No more input is taken: the stream is over, or failed, and what follows is padding. */
  readonly ended: boolean;
  /** Why it ended before its time. */
  readonly failure: NodeJS.ErrnoException | null;
  write(bytes: Uint8Array): AsyncGenerator<Uint8Array>;
  end(): AsyncGenerator<Uint8Array>;
  close(): void;
}

export const ONE_PART_AT_A_TIME: Pick<TransformOptions, "readableHighWaterMark"> & { readonly chunkSize: number } = {
  chunkSize: 256 * 1_024,
  readableHighWaterMark: 1,
};

/** RFC 1952, with all members of the file. */
export const gunzip = (): Inflater => new StreamInflater(() => createGunzip(ONE_PART_AT_A_TIME));
/** RFC 1951 without anything around it, as zip has it. */
export const inflateRaw = (): Inflater => new StreamInflater(() => createInflateRaw(ONE_PART_AT_A_TIME));

/** Compressed bytes that are kept from the beginning of a stream, to read it again where it is damaged. */
const KEPT_BYTES = 256 * 1_024;
/** Compressed bytes that it is read by then: what is lost is what those with the damage give. */
const CAREFUL_BYTES = 64;
/** At the end it is one at a time: a checksum that is wrong must not cost the text before it. */
const LAST_BYTES = 64;

/**
 * Node's stream throws away what it has buffered once it fails, so each part is taken before the next is made (a
 * high-water mark of one byte), and the end is asked for apart from the last bytes. What a write gave before it met damage
 * is lost all the same, which is all of a small file: that is read again, a few bytes at a time.
 */
export class StreamInflater implements Inflater {
  readonly #open: () => Transform;
  readonly #stream: Transform;
  /** All that was written; null once that is too much. */
  #written: Uint8Array[] | null = [];
  #writtenBytes = 0;
  #given = 0;
  failure: NodeJS.ErrnoException | null = null;
  ended = false;
  #wake: () => void = () => {};

  constructor(open: () => Transform) {
    const stream = open();
    this.#open = open;
    this.#stream = stream;
    stream.on("readable", () => this.#wake());
    stream.on("end", () => {
      this.ended = true;
      this.#wake();
    });
    stream.on("error", (error) => {
      this.failure ??= error;
      this.ended = true;
      this.#wake();
    });
  }

  async *write(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    if (this.ended) return;
    this.#writtenBytes += bytes.byteLength;
    if (this.#writtenBytes > KEPT_BYTES) this.#written = null;
    else this.#written?.push(bytes.slice());
    for await (const part of this.#drain((done) => void this.#stream.write(bytes, done))) {
      this.#given += part.byteLength;
      yield part;
    }
    if (this.failure !== null && this.#written !== null) yield* this.#behind(this.#written);
  }

  /** What these bytes unpack to, but for what was given already. */
  async *#behind(written: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
    this.#written = null;
    const again = new StreamInflater(this.#open);
    let passed = 0;
    const bytes = Buffer.concat(written);
    again.#written = null;
    for (let at = 0, size = 0; at < bytes.byteLength && !again.ended; at += size) {
      size = Math.max(1, Math.min(CAREFUL_BYTES, bytes.byteLength - LAST_BYTES - at));
      for await (const part of again.write(bytes.subarray(at, at + size))) {
        const known = Math.min(Math.max(this.#given - passed, 0), part.byteLength);
        passed += part.byteLength;
        if (known < part.byteLength) yield part.subarray(known);
      }
    }
    again.close();
  }

  end(): AsyncGenerator<Uint8Array> {
    return this.#drain(() => void this.#stream.end());
  }

  close(): void {
    this.#stream.destroy();
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
    return this.ended && this.failure !== null ? null : (this.#stream.read() as Uint8Array | null);
  }
}
