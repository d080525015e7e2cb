/** The first bytes of a source, held until there are enough to tell what it is. */
export class SourceHead {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
  }

  /** All of them as one; nothing is held any more. */
  take(): Uint8Array {
    const [first, ...more] = this.#chunks;
    const head = first !== undefined && more.length === 0 ? first : new Uint8Array(Buffer.concat(this.#chunks));
    this.#chunks = [];
    return head;
  }
}
