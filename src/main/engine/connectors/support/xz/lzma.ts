// The LZMA specification of the LZMA SDK (lzma-specification.txt), whose names of variables these are where they differ.
/** Decodes LZMA: a range coder over bits of learned probability, which spell bytes and repetitions of earlier ones. */
import type { Window } from "./window.ts";

const PROB_INIT = 1 << 10;
const PROB_BITS = 11;
const MOVE_BITS = 5;
const STATES = 12;
/** States below it follow a byte that was spelled out. */
const LITERAL_STATES = 7;
const MOST_POSITIONS = 16;
const LITERAL_PROBS = 0x300;
const LENGTH_STATES = 4;
const SLOT_BITS = 6;
const SLOTS = 1 << SLOT_BITS;
/** Slots from here to {@link LEARNED_SLOTS} have distances all of whose bits are learned. */
const PLAIN_SLOTS = 4;
const LEARNED_SLOTS = 14;
const LEARNED_DISTANCES = 1 << (LEARNED_SLOTS / 2);
const ALIGN_BITS = 4;
const SHORTEST = 2;

/** No symbol takes more compressed bytes. */
export const LONGEST_SYMBOL = 21;
/** First bytes of each run of the range coder. */
export const RANGE_BYTES = 5;

const LOW = 8;
const MIDDLE = 8;
/** Probabilities of a length: two choices, then trees of 3 bits, of 3 bits and of 8 bits. */
class LengthProbs {
  readonly choice = new Uint16Array(2);
  readonly low = new Uint16Array(MOST_POSITIONS * LOW);
  readonly middle = new Uint16Array(MOST_POSITIONS * MIDDLE);
  readonly high = new Uint16Array(256);

  reset(): void {
    for (const probs of [this.choice, this.low, this.middle, this.high]) probs.fill(PROB_INIT);
  }
}

export class Lzma {
  readonly #window: Window;
  #bytes: Uint8Array = new Uint8Array(0);
  /** Where the range coder stands in its bytes. */
  at = 0;
  #range = 0;
  #code = 0;

  #lc = 0;
  #lpMask = 0;
  #pbMask = 0;
  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;

  #literal = new Uint16Array(0);
  readonly #isMatch = new Uint16Array(STATES * MOST_POSITIONS);
  readonly #isRep = new Uint16Array(STATES);
  readonly #isRepG0 = new Uint16Array(STATES);
  readonly #isRepG1 = new Uint16Array(STATES);
  readonly #isRepG2 = new Uint16Array(STATES);
  readonly #isRep0Long = new Uint16Array(STATES * MOST_POSITIONS);
  readonly #slots = new Uint16Array(LENGTH_STATES * SLOTS);
  readonly #distances = new Uint16Array(1 + LEARNED_DISTANCES - LEARNED_SLOTS);
  readonly #align = new Uint16Array(1 << ALIGN_BITS);
  readonly #length = new LengthProbs();
  readonly #repLength = new LengthProbs();

  constructor(window: Window) {
    this.#window = window;
  }

  /** `lc`, `lp` and `pb` in one byte. */
  setProperties(byte: number): void {
    const lc = byte % 9;
    const lp = Math.floor(byte / 9) % 5;
    const pb = Math.floor(byte / 45);
    if (pb > 4 || lc + lp > 4) throw new Error("its LZMA properties are of no known kind");
    this.#lc = lc;
    this.#lpMask = (1 << lp) - 1;
    this.#pbMask = (1 << pb) - 1;
    this.#literal = new Uint16Array(LITERAL_PROBS << (lc + lp));
  }

  resetState(): void {
    this.#state = 0;
    this.#rep0 = this.#rep1 = this.#rep2 = this.#rep3 = 0;
    const trees = [this.#literal, this.#isMatch, this.#isRep, this.#isRepG0, this.#isRepG1, this.#isRepG2];
    for (const probs of [...trees, this.#isRep0Long, this.#slots, this.#distances, this.#align]) probs.fill(PROB_INIT);
    this.#length.reset();
    this.#repLength.reset();
  }

  /** Begins with the range coder's first bytes, which are there. */
  begin(bytes: Uint8Array): void {
    const [zero, a = 0, b = 0, c = 0, d = 0] = bytes;
    if (zero !== 0) throw new Error("a chunk of LZMA does not begin as one");
    this.#bytes = bytes;
    this.#code = (a << 24) | (b << 16) | (c << 8) | d;
    this.#range = -1;
    this.at = RANGE_BYTES;
  }

  /** Whether the range coder has come to an end where it stands. */
  isFinished(): boolean {
    this.#normalize();
    return this.#code === 0;
  }

  /**
   * Unpacks until the window stands at `until` or behind it, never behind `limit`, and takes no symbol that begins
   * behind `last` of the compressed bytes.
   */
  decode(until: number, limit: number, last: number): void {
    const window = this.#window;
    const { bytes } = window;
    while (window.at < until && this.at <= last) {
      const position = window.at - window.start;
      const place = (this.#state << 4) + (position & this.#pbMask);
      if (this.#bit(this.#isMatch, place) === 0) {
        bytes[window.at] = this.#readLiteral(bytes, window.at, position);
        window.at += 1;
        continue;
      }
      const length = this.#bit(this.#isRep, this.#state) === 0 ? this.#readMatch(position) : this.#readRep(position);
      const from = window.at - this.#rep0 - 1;
      const to = window.at + length;
      if (from < window.start || to > limit) throw new Error("a repetition reaches out of what there is");
      if (this.#rep0 >= length) bytes.copyWithin(window.at, from, from + length);
      else for (let at = window.at; at < to; at += 1) bytes[at] = bytes[at - this.#rep0 - 1] ?? 0;
      window.at = to;
    }
  }

  #readLiteral(bytes: Uint8Array, at: number, position: number): number {
    const probs = this.#literal;
    const before = position === 0 ? 0 : (bytes[at - 1] ?? 0);
    const base = LITERAL_PROBS * (((position & this.#lpMask) << this.#lc) + (before >> (8 - this.#lc)));
    const state = this.#state;
    let symbol = 1;
    if (state >= LITERAL_STATES) {
      if (this.#rep0 >= position) throw new Error("a repetition reaches out of what there is");
      let matched = bytes[at - this.#rep0 - 1] ?? 0;
      while (symbol < 0x100) {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.#bit(probs, base + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(probs, base + symbol);
    this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    return symbol & 0xff;
  }

  /** Its length; the distance is in `rep0`. */
  #readMatch(position: number): number {
    this.#rep3 = this.#rep2;
    this.#rep2 = this.#rep1;
    this.#rep1 = this.#rep0;
    const length = this.#readLength(this.#length, position & this.#pbMask);
    this.#state = this.#state < LITERAL_STATES ? 7 : 10;
    this.#rep0 = this.#readDistance(length);
    return length;
  }

  /** At a distance that was used before. */
  #readRep(position: number): number {
    const state = this.#state;
    const afterLiteral = state < LITERAL_STATES;
    if (this.#bit(this.#isRepG0, state) === 0) {
      if (this.#bit(this.#isRep0Long, (state << 4) + (position & this.#pbMask)) === 0) {
        this.#state = afterLiteral ? 9 : 11;
        return 1;
      }
    } else {
      let distance = this.#rep1;
      if (this.#bit(this.#isRepG1, state) === 1) {
        distance = this.#rep2;
        if (this.#bit(this.#isRepG2, state) === 1) {
          distance = this.#rep3;
          this.#rep3 = this.#rep2;
        }
        this.#rep2 = this.#rep1;
      }
      this.#rep1 = this.#rep0;
      this.#rep0 = distance;
    }
    this.#state = afterLiteral ? 8 : 11;
    return this.#readLength(this.#repLength, position & this.#pbMask);
  }

  #readLength(probs: LengthProbs, position: number): number {
    if (this.#bit(probs.choice, 0) === 0) return SHORTEST + this.#tree(probs.low, position * LOW, 3);
    if (this.#bit(probs.choice, 1) === 0) return SHORTEST + LOW + this.#tree(probs.middle, position * MIDDLE, 3);
    return SHORTEST + LOW + MIDDLE + this.#tree(probs.high, 0, 8);
  }

  #readDistance(length: number): number {
    const lengthState = Math.min(length - SHORTEST, LENGTH_STATES - 1);
    const slot = this.#tree(this.#slots, lengthState * SLOTS, SLOT_BITS);
    if (slot < PLAIN_SLOTS) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << bits;
    if (slot < LEARNED_SLOTS) return high + this.#reverseTree(this.#distances, high - slot, bits);
    const middle = this.#direct(bits - ALIGN_BITS) << ALIGN_BITS;
    const distance = (high + middle + this.#reverseTree(this.#align, 0, ALIGN_BITS)) >>> 0;
    // The mark of an end, which LZMA2 does not have, is further back than anything is.
    return distance;
  }

  #tree(probs: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    for (let count = bits; count > 0; count -= 1) symbol = (symbol << 1) | this.#bit(probs, base + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(probs: Uint16Array, base: number, bits: number): number {
    let node = 1;
    let symbol = 0;
    for (let place = 0; place < bits; place += 1) {
      const bit = this.#bit(probs, base + node);
      node = (node << 1) | bit;
      symbol |= bit << place;
    }
    return symbol;
  }

  /** Bits of which nothing is learned. */
  #direct(bits: number): number {
    let result = 0;
    for (let count = bits; count > 0; count -= 1) {
      this.#normalize();
      this.#range >>>= 1;
      const isOne = this.#code >>> 0 >= this.#range >>> 0;
      if (isOne) this.#code = (this.#code - this.#range) | 0;
      result = (result << 1) | (isOne ? 1 : 0);
    }
    return result;
  }

  #bit(probs: Uint16Array, index: number): number {
    if ((this.#range & 0xff000000) === 0) this.#normalize();
    const prob = probs[index] ?? 0;
    const bound = Math.imul(this.#range >>> PROB_BITS, prob);
    // Compares as if both were unsigned.
    if ((this.#code ^ 0x80000000) < (bound ^ 0x80000000)) {
      this.#range = bound;
      probs[index] = prob + (((1 << PROB_BITS) - prob) >> MOVE_BITS);
      return 0;
    }
    this.#range = (this.#range - bound) | 0;
    this.#code = (this.#code - bound) | 0;
    probs[index] = prob - (prob >> MOVE_BITS);
    return 1;
  }

  #normalize(): void {
    if ((this.#range & 0xff000000) !== 0) return;
    this.#range <<= 8;
    this.#code = (this.#code << 8) | (this.#bytes[this.at] ?? 0);
    this.at += 1;
  }
}
