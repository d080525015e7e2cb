/** Bytes of one thing that lies across chunks (a value, a key, what is lost), up to a limit, and where it begins. */
import type { LinePlace } from "./skipper.ts";

export class ByteRun {
  readonly #place: LinePlace;
  #bytes = new Uint8Array(0);
  #kept = 0;
  /** Of its bytes in earlier chunks, kept or not. */
  #length = 0;
  #limit = 0;
  /** Where those of this chunk begin. */
  #from = 0;
  #line = 1;

  constructor(place: LinePlace) {
    this.#place = place;
  }

  /** Of its first byte. */
  get offset(): number {
    return this.#place.base + this.#from - this.#length;
  }

  /** On which it begins. */
  get line(): number {
    return this.#line;
  }

  /** Its bytes, kept or not, when it ends before `to`. */
  lengthTo(to: number): number {
    return this.#length + to - this.#from;
  }

  /** Forgets what was held, and begins here; at most `limit` bytes are kept from now on. */
  begin(limit: number, at: number): void {
    this.#kept = 0;
    this.#length = 0;
    this.#limit = limit;
    this.#from = at;
    this.#line = this.#place.line;
    // One large value must not hold its memory for the rest of the source.
    if (this.#bytes.length > 1024 * 1024) this.#bytes = new Uint8Array(0);
  }

  /** It goes on in the next chunk. */
  keep(chunk: Uint8Array): void {
    this.#append(chunk, chunk.length);
    this.#from = 0;
  }

  /** Its first bytes when it ends before `to` of this chunk; overwritten by the next run. */
  take(chunk: Uint8Array, to: number): Uint8Array {
    if (this.#length === 0) return chunk.subarray(this.#from, to);
    this.#append(chunk, to);
    this.#from = to;
    return this.#bytes.subarray(0, this.#kept);
  }

  #append(chunk: Uint8Array, to: number): void {
    const from = this.#from;
    this.#length += to - from;
    const count = Math.min(to - from, this.#limit - this.#kept);
    if (count <= 0) return;
    const needed = this.#kept + count;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.min(Math.max(needed, this.#bytes.length * 2, 4096), this.#limit));
      grown.set(this.#bytes.subarray(0, this.#kept));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk.subarray(from, from + count), this.#kept);
    this.#kept = needed;
  }
}
