/** The bytes behind the last unit whose fate is known, as far as a dead letter keeps them. */
import { DEAD_LETTER_RAW_LIMIT } from "../../../shared/model/dead-letter.ts";

const BLANK = new Set([0x09, 0x0a, 0x0d, 0x20]);

export class Tail {
  #offset = 0;
  #end = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  /** Takes a chunk that was parsed; nothing before `settledEnd` is needed any more. */
  keep(chunk: Uint8Array, chunkOffset: number, settledEnd: number): void {
    this.#end = chunkOffset + chunk.length;
    if (settledEnd >= chunkOffset) {
      const from = settledEnd - chunkOffset;
      this.#bytes = chunk.slice(from, from + DEAD_LETTER_RAW_LIMIT);
      this.#offset = settledEnd;
      return;
    }
    const room = DEAD_LETTER_RAW_LIMIT - this.#bytes.length;
    if (room > 0) this.#bytes = new Uint8Array(Buffer.concat([this.#bytes, chunk.subarray(0, room)]));
  }

  /** What lies behind `settledEnd`, without the blanks that part it from what stands before. */
  after(settledEnd: number): { readonly offset: number; readonly raw: Uint8Array; readonly isBlank: boolean } {
    let from = Math.max(0, settledEnd - this.#offset);
    while (from < this.#bytes.length && BLANK.has(this.#bytes[from] ?? 0)) from += 1;
    const offset = this.#offset + from;
    return { offset, raw: this.#bytes.subarray(from), isBlank: offset >= this.#end };
  }
}
