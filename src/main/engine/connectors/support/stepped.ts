/**
 * Decompressors that are our own. One is a generator over the bytes that have come in so far: it yields parts of what it
 * unpacks, an empty part where it has worked for a while, and null where it needs more. It works on the thread that
 * asks, in steps of a few milliseconds, with a turn of the event loop between them.
 */
import { setImmediate } from "node:timers/promises";
import type { Inflater } from "./inflater.ts";

/** A part stays what it is until the generator goes on. */
export type Steps = Generator<Uint8Array | null, void, undefined>;

/** Yielded for others to have their turn. */
export const PAUSE = new Uint8Array(0);

/** Compressed bytes that came in and are not used up yet. */
export class ByteFeed {
  bytes: Uint8Array = new Uint8Array(0);
  /** Where the next byte stands in `bytes`; a reader of bits may run behind the end, where only zeros are. */
  at = 0;
  /** Nothing comes behind `bytes`. */
  isClosed = false;
  /** Bytes before those that are held. */
  #passed = 0;

  /** Bytes of the file before the next one. */
  get position(): number {
    return this.#passed + this.at;
  }

  get left(): number {
    return this.bytes.byteLength - this.at;
  }

  /** Waits until so many bytes are there, or nothing more comes. */
  *fill(count: number): Steps {
    while (this.left < count && !this.isClosed) yield null;
  }

  /** The next so many bytes, which are whole. */
  *take(count: number): Generator<null, Uint8Array, undefined> {
    while (this.left < count) {
      if (this.isClosed) throw truncated();
      yield null;
    }
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  push(bytes: Uint8Array): void {
    const kept = this.bytes.subarray(this.at);
    this.#passed += this.at;
    this.bytes = kept.byteLength === 0 ? bytes.slice() : Buffer.concat([kept, bytes]);
    this.at = 0;
  }
}

/** Said as the runtime's own decompressors say it. */
export const truncated = (): Error => Object.assign(new Error("unexpected end of file"), { code: "Z_BUF_ERROR" });

export class SteppedInflater implements Inflater {
  readonly #feed = new ByteFeed();
  readonly #steps: Steps;
  ended = false;
  failure: NodeJS.ErrnoException | null = null;

  constructor(decoder: (feed: ByteFeed) => Steps) {
    this.#steps = decoder(this.#feed);
  }

  write(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    if (!this.ended) this.#feed.push(bytes);
    return this.#run();
  }

  end(): AsyncGenerator<Uint8Array> {
    this.#feed.isClosed = true;
    return this.#run();
  }

  close(): void {
    this.ended = true;
  }

  async *#run(): AsyncGenerator<Uint8Array> {
    while (!this.ended) {
      const part = this.#step();
      if (part === null) return;
      if (part.byteLength > 0) yield part;
      else await setImmediate();
    }
  }

  #step(): Uint8Array | null {
    try {
      const { done, value } = this.#steps.next();
      if (done !== true) return value;
    } catch (thrown) {
      this.failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    this.ended = true;
    return null;
  }
}
