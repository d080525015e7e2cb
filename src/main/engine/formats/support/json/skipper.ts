/** Steps over one JSON value after the other without reading them, whatever the chunks: this is where the bytes go by. */
import { BACKSLASH, CLASS, CLOSE, closingOf, LINE_FEED, OPEN, QUOTE, STRING_STOP } from "./bytes.ts";

/** The value goes on in the next chunk. */
export const UNFINISHED = -1;
/** A bracket closes what another kind opened; see {@link ValueSkipper.mismatchedAt}. */
export const MISMATCHED = -2;

/** Brackets deeper than this are counted but not compared. */
const KIND_LIMIT = 1 << 20;

/** Where the scan stands. */
export class LinePlace {
  /** Offset of the current chunk's first byte. */
  base = 0;
  line = 1;
  #lineStart = 0;

  /** A line feed stands at this index of the current chunk. */
  endLine(at: number): void {
    this.line++;
    this.#lineStart = this.base + at + 1;
  }

  /** Bytes between the line's start and this index. */
  column(at: number): number {
    return this.base + at - this.#lineStart;
  }
}

export class ValueSkipper {
  readonly #place: LinePlace;
  /** The opening brackets that are open. */
  #kinds = new Uint8Array(256);
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Index of the bracket that did not match. */
  mismatchedAt = 0;

  constructor(place: LinePlace) {
    this.#place = place;
  }

  /** A value begins with this byte, which is passed already. */
  begin(byte: number): void {
    this.#kinds[0] = byte;
    this.#depth = 1;
    this.#inString = false;
    this.#escaped = false;
  }

  /** The index after the bracket that closes the container. */
  container(chunk: Uint8Array, from: number, to: number): number {
    let at = from;
    let depth = this.#depth;
    while (at < to) {
      if (this.#inString) {
        const end = this.string(chunk, at, to);
        if (end === UNFINISHED) break;
        this.#inString = false;
        at = end;
      }
      // The classes from 1 to 4 are line feeds, quotes and brackets.
      while (at < to && ((CLASS[chunk[at] as number] as number) - 1) >>> 0 >= 4) at++;
      if (at >= to) break;
      const byte = chunk[at] as number;
      const kind = CLASS[byte];
      if (kind === QUOTE) this.#inString = true;
      else if (kind === OPEN) this.#open(byte, depth++);
      else if (kind === CLOSE) {
        depth--;
        if (depth < KIND_LIMIT && byte !== closingOf(this.#kinds[depth] as number)) {
          this.mismatchedAt = at;
          return MISMATCHED;
        }
        if (depth === 0) return at + 1;
      } else this.#place.endLine(at);
      at++;
    }
    this.#depth = depth;
    return UNFINISHED;
  }

  /** The index after the closing quote. */
  string(chunk: Uint8Array, from: number, to: number): number {
    let at = from;
    if (this.#escaped && at < to) {
      this.#escaped = false;
      if (chunk[at] === LINE_FEED) this.#place.endLine(at);
      at++;
    }
    for (;;) {
      while (at < to && STRING_STOP[chunk[at] as number] === 0) at++;
      if (at >= to) return UNFINISHED;
      const byte = chunk[at];
      if (byte === BACKSLASH) {
        if (at + 1 >= to) {
          this.#escaped = true;
          return UNFINISHED;
        }
        if (chunk[at + 1] === LINE_FEED) this.#place.endLine(at + 1);
        at += 2;
      } else if (byte === LINE_FEED) {
        this.#place.endLine(at);
        at++;
      } else return at + 1;
    }
  }

  #open(byte: number, depth: number): void {
    if (depth >= KIND_LIMIT) return;
    if (depth === this.#kinds.length) {
      const grown = new Uint8Array(depth * 2);
      grown.set(this.#kinds);
      this.#kinds = grown;
    }
    this.#kinds[depth] = byte;
  }
}
