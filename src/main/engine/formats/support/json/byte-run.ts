/** Bytes of one thing that lies across chunks, up to a limit. */
export class ByteRun {
  #bytes = new Uint8Array(0);
  #kept = 0;
  #length = 0;
  #limit = 0;

  /** Bytes that belong to it, kept or not. */
  get length(): number {
    return this.#length;
  }

  /** Whether there were more bytes than may be kept. */
  get overflowed(): boolean {
    return this.#length > this.#limit;
  }

  /** Forgets what was held; at most `limit` bytes are kept from now on. */
  begin(limit: number): void {
    this.#kept = 0;
    this.#length = 0;
    this.#limit = limit;
    // One large value must not hold its memory for the rest of the source.
    if (this.#bytes.length > 1024 * 1024) this.#bytes = new Uint8Array(0);
  }

  append(chunk: Uint8Array, from: number, to: number): void {
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

  /** The first bytes of it; overwritten by the next run. */
  kept(limit = this.#kept): Uint8Array {
    return this.#bytes.subarray(0, Math.min(limit, this.#kept));
  }
}
