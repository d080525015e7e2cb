/** A Huffman code of bzip2: from 2 to 258 symbols, each of 1 to 20 bits, the shorter ones and the lower symbols first. */
import type { BitReader } from "./bits.ts";

export const LONGEST_CODE = 20;
/** Codes of up to so many bits are found in one step. */
export const TABLE_BITS = 10;
/** A length goes up or down by one at a time, and no sensible way from one to another is longer. */
const MOST_STEPS = 2 * LONGEST_CODE;

export class HuffmanCode {
  /** By the next {@link TABLE_BITS} bits: `symbol << 5 | length`; 0 where the code is longer. */
  readonly table = new Uint16Array(1 << TABLE_BITS);
  /** Of each length: the first code behind those of it, aligned to 20 bits. */
  readonly limits = new Int32Array(LONGEST_CODE + 2);
  /** Of each length: what is added to a code to have its place in `symbols`. */
  readonly offsets = new Int32Array(LONGEST_CODE + 2);
  readonly symbols: Uint16Array;

  constructor(lengths: Uint8Array) {
    this.symbols = new Uint16Array(lengths.length);
    let code = 0;
    let place = 0;
    for (let length = 1; length <= LONGEST_CODE; length += 1) {
      code <<= 1;
      this.offsets[length] = place - code;
      for (let symbol = 0; symbol < lengths.length; symbol += 1) {
        if (lengths[symbol] !== length) continue;
        this.symbols[place] = symbol;
        if (length <= TABLE_BITS) this.#enter(symbol, length, code);
        place += 1;
        code += 1;
      }
      if (code > 1 << length) throw new Error("a Huffman code has more symbols than fit");
      this.limits[length] = code << (LONGEST_CODE - length);
    }
  }

  #enter(symbol: number, length: number, code: number): void {
    const begin = code << (TABLE_BITS - length);
    this.table.fill((symbol << 5) | length, begin, begin + (1 << (TABLE_BITS - length)));
  }

  /** The symbol of a code longer than {@link TABLE_BITS}, as an entry of the table; 0 where no code is so. */
  long(twentyBits: number): number {
    for (let length = TABLE_BITS + 1; length <= LONGEST_CODE; length += 1) {
      if (twentyBits >= (this.limits[length] ?? 0)) continue;
      const code = twentyBits >>> (LONGEST_CODE - length);
      const symbol = this.symbols[code + (this.offsets[length] ?? 0)] ?? 0;
      return (symbol << 5) | length;
    }
    return 0;
  }
}

/** Each length is told by its difference to the one before. */
export function readCode(bits: BitReader, symbols: number): HuffmanCode {
  const lengths = new Uint8Array(symbols);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    for (let steps = 0; bits.read(1) === 1; steps += 1) {
      length += bits.read(1) === 1 ? -1 : 1;
      if (steps > MOST_STEPS) throw new Error("a Huffman code is told at too great a length");
    }
    if (length < 1 || length > LONGEST_CODE) throw new Error("a Huffman code is of no known length");
    lengths[symbol] = length;
  }
  return new HuffmanCode(lengths);
}
