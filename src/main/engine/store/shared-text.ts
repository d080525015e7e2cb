/**
 * The text of small sources side by side, compressed as one block: of each alone, beginning to compress costs as much as
 * compressing it, and its beginning cannot lean on what the others say alike.
 */
import type { PackedText, RawBlock } from "./protocol.ts";
import { compressBlock } from "./raw-block.ts";

/** A quarter of a block of a large source: who wants the text of one source decompresses all of it. */
const PACK_BYTES = 64 * 1_024;
const NOTHING = new Uint8Array(0);

export class SharedTexts {
  readonly #packs: PackedText[] = [];
  #pending = new Uint8Array(2 * PACK_BYTES);
  /** Of sources that were kept. */
  #kept = 0;
  #end = 0;
  #begun = 0;

  /** What comes of the source; the chunk may be reused afterwards. */
  push(chunk: Uint8Array): RawBlock[] {
    this.#reserve(this.#end + chunk.length);
    this.#pending.set(chunk, this.#end);
    this.#end += chunk.length;
    return [];
  }

  /** All of the source so far, as one block. */
  flush(): RawBlock[] {
    const at = this.#begun;
    const length = this.#end - at;
    if (length === 0) return [];
    this.#begun = this.#end;
    const offset = at - this.#kept;
    return [{ offset, length, codec: "shared", data: NOTHING, shared: { pack: this.#packs.length, at } }];
  }

  /** A source begins, or begins again: what came since the last that was kept goes. */
  rewind(): void {
    if (this.#kept >= PACK_BYTES) this.#cut();
    this.#end = this.#kept;
    this.#begun = this.#kept;
  }

  /** The source is to be stored as it is now. */
  keep(): void {
    this.#kept = this.#end;
  }

  take(): readonly PackedText[] {
    if (this.#kept > 0) this.#cut();
    return this.#packs;
  }

  #cut(): void {
    const { length, codec, data } = compressBlock(0, this.#pending.subarray(0, this.#kept));
    this.#packs.push({ length, codec, data });
    this.#kept = 0;
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#pending.length) return;
    const grown = new Uint8Array(Math.max(bytes, this.#pending.length * 2));
    grown.set(this.#pending.subarray(0, this.#end));
    this.#pending = grown;
  }
}
