// Millions of ordinals in some order, kept in pieces and handed out a few thousand ({@link PART}) at a time: an array of four bytes each
// would be the largest thing that a reader holds, and be made anew for every question.
import { PART, pieceOf, RunPiece, type Piece } from "./ordinal-pieces.ts";

/** Below it a piece, or a part of one that is shared, is copied together with its neighbours. */
const LEAST_SHARED = 1_024;

export class Ordinals {
  static readonly none = new Ordinals([]);
  readonly #pieces: readonly Piece[];
  /** Position of the first ordinal of each piece. */
  readonly #firsts: readonly number[];
  readonly length: number;
  /** Memory that is kept for them. */
  readonly bytes: number;
  /** The piece that was looked at last: who asks for one asks for its neighbour next. */
  #last = 0;

  constructor(pieces: readonly Piece[]) {
    let length = 0;
    let bytes = 0;
    this.#pieces = pieces;
    this.#firsts = pieces.map((piece) => {
      const first = length;
      length += piece.count;
      bytes += piece.bytes;
      return first;
    });
    this.length = length;
    this.bytes = bytes;
  }

  /** Of `first` … `end` − 1. */
  static between(first: number, end: number): Ordinals {
    return end > first ? new Ordinals([new RunPiece(first, end - first)]) : Ordinals.none;
  }

  static of(ordinals: Uint32Array): Ordinals {
    const builder = new OrdinalsBuilder();
    builder.append(ordinals);
    return builder.finish();
  }

  at(position: number): number | undefined {
    if (!(position >= 0 && position < this.length)) return undefined;
    const number = this.#pieceAt(position);
    return this.#pieces[number]?.at(position - (this.#firsts[number] ?? 0));
  }

  /** Those at `from` … `end` − 1. */
  slice(from: number, end = this.length): Ordinals {
    if (from <= 0 && end >= this.length) return this;
    return new Ordinals([...this.pieces(from, end)]);
  }

  /** All in their order, in arrays that are filled anew for the next part. */
  *parts(from = 0, end = this.length): Generator<Uint32Array, void, undefined> {
    if (from >= end) return;
    const room = new Uint32Array(Math.min(PART, end - from));
    for (const piece of this.pieces(from, end)) {
      for (let at = 0; at < piece.count; at += PART) {
        const next = Math.min(at + PART, piece.count);
        piece.copy(room, at, next);
        yield room.subarray(0, next - at);
      }
    }
  }

  /** One by one, for few: {@link parts} takes a tenth of the time. */
  *[Symbol.iterator](): Generator<number, void, undefined> {
    for (const part of this.parts()) yield* part;
  }

  /** Those of them that `isKept` is true of. */
  filter(isKept: (ordinal: number) => boolean): Ordinals {
    const builder = new OrdinalsBuilder();
    for (const part of this.parts()) builder.append(part.filter(isKept));
    return builder.finish();
  }

  /** Cut where the positions say. */
  *pieces(from: number, end: number): Generator<Piece, void, undefined> {
    if (from >= end) return;
    for (let number = this.#pieceAt(from); number < this.#pieces.length; number += 1) {
      const piece = this.#pieces[number];
      const first = this.#firsts[number] ?? 0;
      if (piece === undefined || first >= end) return;
      const start = Math.max(from - first, 0);
      const stop = Math.min(end - first, piece.count);
      yield start === 0 && stop === piece.count ? piece : piece.slice(start, stop);
    }
  }

  #pieceAt(position: number): number {
    const firsts = this.#firsts;
    if (position >= (firsts[this.#last] ?? 0) && position < (firsts[this.#last + 1] ?? this.length)) return this.#last;
    let low = 0;
    let high = firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((firsts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }
}

/** Takes ordinals in the order that they are to have. */
export class OrdinalsBuilder {
  readonly #pieces: Piece[] = [];
  readonly #room = new Uint32Array(PART);
  #filled = 0;

  push(ordinal: number): void {
    if (this.#filled === PART) this.#flush();
    this.#room[this.#filled] = ordinal;
    this.#filled += 1;
  }

  append(ordinals: Uint32Array): void {
    for (let from = 0; from < ordinals.length;) {
      if (this.#filled === PART) this.#flush();
      const part = ordinals.subarray(from, from + PART - this.#filled);
      this.#room.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
    }
  }

  /** Those at `from` … `end` − 1 of another order, whose memory is shared where they are many. */
  share(ordinals: Ordinals, from = 0, end = ordinals.length): void {
    for (const piece of ordinals.pieces(from, end)) {
      if (piece.count < LEAST_SHARED) for (let at = 0; at < piece.count; at += 1) this.push(piece.at(at));
      else {
        this.#flush();
        this.#add(piece);
      }
    }
  }

  finish(): Ordinals {
    this.#flush();
    return this.#pieces.length === 0 ? Ordinals.none : new Ordinals(this.#pieces);
  }

  #flush(): void {
    if (this.#filled === 0) return;
    this.#add(pieceOf(this.#room.subarray(0, this.#filled)));
    this.#filled = 0;
  }

  #add(piece: Piece): void {
    const last = this.#pieces.at(-1);
    if (last instanceof RunPiece && piece instanceof RunPiece && last.first + last.count === piece.first)
      this.#pieces[this.#pieces.length - 1] = new RunPiece(last.first, last.count + piece.count);
    else this.#pieces.push(piece);
  }
}
