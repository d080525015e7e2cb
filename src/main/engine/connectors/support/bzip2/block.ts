/**
 * The symbols of one block of bzip2: Huffman codes that change every 50 symbols, of places in a list whose last used
 * byte moves to its front, and of runs of that byte. They give the last column of the sorted block.
 */
import { PAUSE, type Steps } from "../stepped.ts";
import type { BitReader } from "./bits.ts";
import { type HuffmanCode, LONGEST_CODE, readCode, TABLE_BITS } from "./codes.ts";

/** Symbols that share a code. */
const GROUP = 50;
/** A group whose codes are all of the longest kind, and the bits that are read ahead. */
const GROUP_BYTES = (GROUP * LONGEST_CODE) / 8 + 4;
/** Selectors of six bits and codes that take their longest way: no header of a block is longer. */
const HEADER_BYTES = 48 * 1_024;
/** Groups between two turns of the event loop: some 5 ms. */
const GROUPS_AT_ONCE = 2_000;
const RUN_A = 0;
const RUN_B = 1;
/** Runs are told in binary, digit by digit: more digits than this are longer than any block. */
const MOST_RUN_DIGITS = 20;

export class BlockSymbols {
  /** The last column; `length` bytes of it are there. Wider than a byte: the order of the block is put above them. */
  readonly column: Int32Array;
  length = 0;
  /** Row of the sorted block that is the block itself. */
  origin = 0;
  /** How often each byte is in the column. */
  readonly counts = new Int32Array(256);
  readonly #bits: BitReader;
  readonly #recent = new Uint8Array(256);
  #codes: readonly HuffmanCode[] = [];
  #selectors = new Uint8Array(0);
  #symbols = 0;
  #run = 0;
  #digit = 0;

  constructor(bits: BitReader, most: number) {
    this.#bits = bits;
    this.column = new Int32Array(most);
  }

  *read(): Steps {
    const bits = this.#bits;
    yield* bits.feed.fill(HEADER_BYTES);
    this.#readHeader();
    bits.check();
    this.length = 0;
    this.#run = 0;
    this.#digit = 0;
    this.counts.fill(0);
    for (const [group, selector] of this.#selectors.entries()) {
      if (bits.feed.left < GROUP_BYTES) yield* bits.feed.fill(GROUP_BYTES);
      if (group % GROUPS_AT_ONCE === GROUPS_AT_ONCE - 1) yield PAUSE;
      const code = this.#codes[selector];
      if (code === undefined) throw new Error("a code is named that is not there");
      const isOver = this.#readGroup(code);
      bits.check();
      if (isOver) return;
    }
    throw new Error("a block has no end");
  }

  #readHeader(): void {
    const bits = this.#bits;
    if (bits.read(1) === 1) throw new Error("it was written by bzip2 before 0.9.5, which is not read");
    this.origin = bits.read(24);
    const used = this.#readUsedBytes();
    if (used === 0) throw new Error("a block uses no bytes");
    this.#symbols = used + 2;
    const codes = bits.read(3);
    const selectors = bits.read(15);
    if (codes < 2 || codes > 6 || selectors === 0) throw new Error("a block has no such codes");
    this.#selectors = readSelectors(bits, codes, selectors);
    this.#codes = Array.from({ length: codes }, () => readCode(bits, this.#symbols));
  }

  #readUsedBytes(): number {
    const bits = this.#bits;
    const sixteens = bits.read(16);
    let used = 0;
    for (let sixteen = 0; sixteen < 16; sixteen += 1) {
      if ((sixteens & (0x8000 >> sixteen)) === 0) continue;
      const ones = bits.read(16);
      for (let one = 0; one < 16; one += 1) {
        if ((ones & (0x8000 >> one)) === 0) continue;
        this.#recent[used] = sixteen * 16 + one;
        used += 1;
      }
    }
    return used;
  }

  /** True when the block ends in it. */
  #readGroup(code: HuffmanCode): boolean {
    const bits = this.#bits;
    const { feed } = bits;
    const { bytes } = feed;
    const { table } = code;
    const last = this.#symbols - 1;
    let { window, live } = bits;
    let { at } = feed;
    let isOver = false;
    try {
      for (let count = 0; count < GROUP && !isOver; count += 1) {
        while (live <= 24) {
          window = (window << 8) | (bytes[at] ?? 0);
          at += 1;
          live += 8;
        }
        let entry = table[(window >>> (live - TABLE_BITS)) & ((1 << TABLE_BITS) - 1)] ?? 0;
        if (entry === 0) entry = code.long((window >>> (live - LONGEST_CODE)) & ((1 << LONGEST_CODE) - 1));
        if (entry === 0) throw new Error("there is no such Huffman code");
        live -= entry & 0x1f;
        const symbol = entry >> 5;
        if (symbol <= RUN_B) this.#lengthenRun(symbol);
        else {
          if (this.#digit > 0) this.#endRun();
          isOver = symbol === last;
          if (!isOver) this.#moveToFront(symbol - 1);
        }
      }
    } finally {
      bits.window = window;
      bits.live = live;
      feed.at = at;
    }
    return isOver;
  }

  /** Digits are worth one or two times 1, 2, 4 … */
  #lengthenRun(symbol: number): void {
    if (this.#digit > MOST_RUN_DIGITS) throw new Error("a run is longer than its block");
    this.#run += (symbol === RUN_A ? 1 : 2) << this.#digit;
    this.#digit += 1;
  }

  #endRun(): void {
    const byte = this.#recent[0] ?? 0;
    const end = this.length + this.#run;
    if (end > this.column.length) throw new Error("a block is longer than it may be");
    this.column.fill(byte, this.length, end);
    this.counts[byte] = (this.counts[byte] ?? 0) + this.#run;
    this.length = end;
    this.#run = 0;
    this.#digit = 0;
  }

  #moveToFront(place: number): void {
    const recent = this.#recent;
    const byte = recent[place] ?? 0;
    if (place > 16) recent.copyWithin(1, 0, place);
    else for (let at = place; at > 0; at -= 1) recent[at] = recent[at - 1] ?? 0;
    recent[0] = byte;
    if (this.length === this.column.length) throw new Error("a block is longer than it may be");
    this.column[this.length] = byte;
    this.counts[byte] = (this.counts[byte] ?? 0) + 1;
    this.length += 1;
  }
}

/** Which code each group has, told as places in a list of the codes used last. */
function readSelectors(bits: BitReader, codes: number, count: number): Uint8Array<ArrayBuffer> {
  const recent = Array.from({ length: codes }, (_, code) => code);
  const selectors = new Uint8Array(count);
  for (let group = 0; group < count; group += 1) {
    let place = 0;
    while (place < codes && bits.read(1) === 1) place += 1;
    const [code] = recent.splice(place, 1);
    if (code === undefined) throw new Error("a code is named that is not there");
    recent.unshift(code);
    selectors[group] = code;
  }
  return selectors;
}
