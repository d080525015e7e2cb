/** A piece of a source that one thread reads: chunks that are put in on one side and taken out on the other. */
import type { Chunk } from "../connectors/connector.ts";
import type { Position } from "../formats/format.ts";

export type StretchEnd = "stretch" | "source" | "cut";

export class Stretch {
  /** Counts from 0. */
  readonly number: number;
  readonly from: Position;
  readonly #chunks: Chunk[] = [];
  #bytes = 0;
  #wake = (): void => {};
  /** How it ends: before the next stretch, with the source, or in the middle because the source could not be fetched further. */
  #end: StretchEnd | null = null;

  constructor(number: number, from: Position) {
    this.number = number;
    this.from = from;
  }

  /** That were put in. */
  get bytes(): number {
    return this.#bytes;
  }

  get end(): StretchEnd | null {
    return this.#end;
  }

  put(chunk: Chunk): void {
    if (chunk.bytes.byteLength === 0) return;
    this.#bytes += chunk.bytes.byteLength;
    this.#chunks.push(chunk);
    this.#wake();
  }

  /** No more will be put in. */
  close(end: StretchEnd): void {
    this.#end = end;
    this.#wake();
  }

  /** Resolves once it has more than so many bytes, or no more are put in. */
  async filled(bytes: number): Promise<void> {
    while (this.#bytes <= bytes && this.#end === null) await this.#change();
  }

  /** The next chunk once there is one; null after the last. */
  async next(): Promise<Chunk | null> {
    while (this.#chunks.length === 0 && this.#end === null) await this.#change();
    return this.#chunks.shift() ?? null;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
