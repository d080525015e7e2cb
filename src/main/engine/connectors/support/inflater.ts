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
export const gunzip = (): Inflater => new StreamInflater(createGunzip(ONE_PART_AT_A_TIME));
/** RFC 1951 without anything around it, as zip has it. */
export const inflateRaw = (): Inflater => new StreamInflater(createInflateRaw(ONE_PART_AT_A_TIME));

/**
 * Node's stream throws away what it has buffered once it fails, so each part is taken before the next is made (a
 * high-water mark of one byte), and the end is asked for apart from the last bytes.
 */
export class StreamInflater implements Inflater {
  readonly #stream: Transform;
  failure: NodeJS.ErrnoException | null = null;
  ended = false;
  #wake: () => void = () => {};

  constructor(stream: Transform) {
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

  write(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    return this.#drain((done) => void this.#stream.write(bytes, done));
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
