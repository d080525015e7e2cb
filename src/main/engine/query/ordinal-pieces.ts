// What an order of ordinals is made of: a file in the order of its times is one run of consecutive ordinals, sources that
// lie between each other take half a byte a record, and two bytes where they are not in order themselves.

/** Ordinals that stand behind one another in an order. Never changed: orders share them. */
export interface Piece {
  readonly count: number;
  /** Memory that is kept for it. */
  readonly bytes: number;
  /** Of `place` 0 … count − 1. */
  at(place: number): number;
  /** Writes those of `from` … `end` − 1 to the beginning of `target`. */
  copy(target: Uint32Array, from: number, end: number): void;
  slice(from: number, end: number): Piece;
}

/** Consecutive ordinals. */
export class RunPiece implements Piece {
  readonly first: number;
  readonly count: number;
  readonly bytes = 0;

  constructor(first: number, count: number) {
    this.first = first;
    this.count = count;
  }

  at(place: number): number {
    return this.first + place;
  }

  copy(target: Uint32Array, from: number, end: number): void {
    const first = this.first + from;
    for (let i = 0; i < end - from; i += 1) target[i] = first + i;
  }

  slice(from: number, end: number): Piece {
    return new RunPiece(this.first + from, end - from);
  }
}

/** Ordinals as they are. */
class WidePiece implements Piece {
  readonly #ordinals: Uint32Array;

  constructor(ordinals: Uint32Array) {
    this.#ordinals = ordinals;
  }

  get count(): number {
    return this.#ordinals.length;
  }

  get bytes(): number {
    return this.#ordinals.byteLength;
  }

  at(place: number): number {
    return this.#ordinals[place] ?? 0;
  }

  copy(target: Uint32Array, from: number, end: number): void {
    target.set(this.#ordinals.subarray(from, end));
  }

  slice(from: number, end: number): Piece {
    return new WidePiece(this.#ordinals.subarray(from, end));
  }
}

/** Most ordinals of a piece that is no run. */
export const PART = 4_096;
const LANE_BITS = 4;
const MOST_LANES = 1 << LANE_BITS;

/** The piece of lanes that was looked at last: who asks for one ordinal asks for its neighbour next. */
const seen = { piece: null as LanePiece | null, ordinals: new Uint32Array(PART) };

/** Few runs that lie between each other: four bits tell the run whose next ordinal comes. */
class LanePiece implements Piece {
  /** First ordinal of each run. */
  readonly #lanes: Uint32Array;
  /** Two a byte. */
  readonly #codes: Uint8Array;
  readonly count: number;

  constructor(lanes: Uint32Array, codes: Uint8Array, count: number) {
    this.#lanes = lanes;
    this.#codes = codes;
    this.count = count;
  }

  get bytes(): number {
    return this.#codes.byteLength;
  }

  at(place: number): number {
    return this.#ordinals()[place] ?? 0;
  }

  copy(target: Uint32Array, from: number, end: number): void {
    target.set(this.#ordinals().subarray(from, end));
  }

  slice(from: number, end: number): Piece {
    return pieceOf(this.#ordinals().subarray(from, end));
  }

  #ordinals(): Uint32Array {
    const { ordinals } = seen;
    if (seen.piece === this) return ordinals;
    const next = this.#lanes.slice();
    const codes = this.#codes;
    for (let i = 0; i < this.count; i += 1) {
      const lane = ((codes[i >>> 1] ?? 0) >>> ((i & 1) * LANE_BITS)) & (MOST_LANES - 1);
      const ordinal = next[lane] ?? 0;
      ordinals[i] = ordinal;
      next[lane] = ordinal + 1;
    }
    seen.piece = this;
    return ordinals;
  }
}

/** Null where they are more runs than can be told apart. */
function lanesOf(ordinals: Uint32Array): LanePiece | null {
  const firsts = new Uint32Array(MOST_LANES);
  const next = new Uint32Array(MOST_LANES);
  const codes = new Uint8Array((ordinals.length + 1) >>> 1);
  let known = 0;
  let lane = 0;
  for (let i = 0; i < ordinals.length; i += 1) {
    const ordinal = ordinals[i] ?? 0;
    if (known === 0 || next[lane] !== ordinal) {
      lane = 0;
      while (lane < known && next[lane] !== ordinal) lane += 1;
      if (lane === MOST_LANES) return null;
      if (lane === known) firsts[known++] = ordinal;
    }
    next[lane] = ordinal + 1;
    codes[i >>> 1] = (codes[i >>> 1] ?? 0) | (lane << ((i & 1) * LANE_BITS));
  }
  return new LanePiece(firsts.slice(0, known), codes, ordinals.length);
}

const BLOCK_BITS = 12;
const IN_BLOCK = (1 << BLOCK_BITS) - 1;
const MOST_BLOCKS = 16;

/** Ordinals of few blocks of 4,096: four bits tell the block, twelve the place in it. */
class NarrowPiece implements Piece {
  /** First ordinal of each block. */
  readonly #blocks: Uint32Array;
  readonly #codes: Uint16Array;

  constructor(blocks: Uint32Array, codes: Uint16Array) {
    this.#blocks = blocks;
    this.#codes = codes;
  }

  get count(): number {
    return this.#codes.length;
  }

  get bytes(): number {
    return this.#codes.byteLength;
  }

  at(place: number): number {
    const code = this.#codes[place] ?? 0;
    return (this.#blocks[code >>> BLOCK_BITS] ?? 0) + (code & IN_BLOCK);
  }

  copy(target: Uint32Array, from: number, end: number): void {
    const blocks = this.#blocks;
    const codes = this.#codes;
    for (let i = 0; i < end - from; i += 1) {
      const code = codes[from + i] ?? 0;
      target[i] = (blocks[code >>> BLOCK_BITS] ?? 0) + (code & IN_BLOCK);
    }
  }

  slice(from: number, end: number): Piece {
    return new NarrowPiece(this.#blocks, this.#codes.subarray(from, end));
  }
}

/** As narrow as they allow; copies what it keeps. `ordinals` holds one at least, and {@link PART} at most. */
export function pieceOf(ordinals: Uint32Array): Piece {
  const [first = 0] = ordinals;
  if (isRun(ordinals)) return new RunPiece(first, ordinals.length);
  const lanes = lanesOf(ordinals);
  if (lanes !== null) return lanes;
  const blocks = new Uint32Array(MOST_BLOCKS);
  const codes = new Uint16Array(ordinals.length);
  let known = 0;
  let at = 0;
  for (let i = 0; i < codes.length; i += 1) {
    const ordinal = ordinals[i] ?? 0;
    const own = (ordinal & ~IN_BLOCK) >>> 0;
    if (known === 0 || blocks[at] !== own) {
      at = 0;
      while (at < known && blocks[at] !== own) at += 1;
      if (at === MOST_BLOCKS) return new WidePiece(ordinals.slice());
      if (at === known) blocks[known++] = own;
    }
    codes[i] = (at << BLOCK_BITS) | (ordinal & IN_BLOCK);
  }
  return new NarrowPiece(blocks.slice(0, known), codes);
}

function isRun(ordinals: Uint32Array): boolean {
  const [first = 0] = ordinals;
  for (let i = 1; i < ordinals.length; i += 1) if (ordinals[i] !== first + i) return false;
  return true;
}
