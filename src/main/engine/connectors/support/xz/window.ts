/** What was unpacked last, which later bytes repeat: as much as the file asks for, and room for what comes next. */

/** The most that is unpacked between two calls of `reserve`. */
const MOST_AHEAD = 2 * 1_024 * 1_024;
/** LZMA looks at the lowest bits of a byte's place, which a move must not change. */
const ALIGNMENT = 16;
const FIRST_BYTES = 256 * 1_024;

export class Window {
  bytes = new Uint8Array(FIRST_BYTES);
  /** Where the next byte goes. */
  at = 0;
  /** The first byte that may be repeated. */
  start = 0;
  readonly #size: number;

  /** `size`: how far back a repeated byte may lie. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Forgets what was unpacked. */
  reset(): void {
    this.at = 0;
    this.start = 0;
  }

  /** Makes room for so many bytes; what lies too far back to be repeated may go. */
  reserve(count: number): void {
    if (this.at + count <= this.bytes.byteLength) return;
    const far = Math.max(0, this.at - this.#size - this.start);
    const from = this.start + far - (far % ALIGNMENT);
    const kept = this.bytes.subarray(from, this.at);
    // Half as much more than is needed, so that it is moved seldom.
    const most = this.#size + ALIGNMENT + Math.max(MOST_AHEAD, this.#size / 2);
    if (this.bytes.byteLength < most) {
      const grown = new Uint8Array(Math.min(most, Math.max(2 * this.bytes.byteLength, kept.byteLength + count)));
      grown.set(kept);
      this.bytes = grown;
    } else this.bytes.copyWithin(0, from, this.at);
    this.at = kept.byteLength;
    this.start = 0;
  }
}
