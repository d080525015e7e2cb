/**
 * Whether the documents of an input stand on a line each, as in JSON lines: then a line that begins like a document while
 * one is open tells that the open one is cut.
 */
import { CLASS, LINE_FEED, OPEN } from "./bytes.ts";

export class DocumentLines {
  #isOneEach = false;
  #isLineStart = false;
  #began = 0;

  /** A document has ended on the line that it began on: a later one that does not is cut. */
  get isOneEach(): boolean {
    return this.#isOneEach;
  }

  /** On which the latest document begins. */
  get began(): number {
    return this.#began;
  }

  begin(line: number): void {
    this.#began = line;
  }

  /** No document is open at the end of this line: true when that tells for the first time that it is one a line. */
  end(line: number): boolean {
    if (this.#isOneEach || this.#began !== line) return false;
    this.#isOneEach = true;
    return true;
  }

  /** How far to scan at once: as far as the line goes where lines tell something. */
  stretchEnd(chunk: Uint8Array, from: number): number {
    const end = this.#isOneEach ? chunk.indexOf(LINE_FEED, from) : -1;
    if (end === -1) return chunk.length;
    this.#isLineStart = true;
    return end + 1;
  }

  /** Whether what comes next starts a line; true once a line. */
  startsLine(): boolean {
    const isLineStart = this.#isLineStart;
    this.#isLineStart = false;
    return isLineStart;
  }

  /** Whether the byte that starts a line cuts the document that is open; otherwise that one goes over lines. */
  isCutBy(byte: number): boolean {
    this.#isOneEach = CLASS[byte] === OPEN;
    return this.#isOneEach;
  }
}
