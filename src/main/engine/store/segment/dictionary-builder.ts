// Numbers the distinct texts of one column. Ids are different in almost every row: their bytes lie side by side, as they
// are stored, and are found by a table over their words. A Map of strings costs three times as much.
import { SEGMENT_CAPACITY } from "../../../../shared/model/segment.ts";
import type { Text } from "../../../../shared/model/ascii-slice.ts";
import { copyBytes, hashBytes, isSameBytes } from "../../../../shared/byte-words.ts";
import { indexFor, packEntries, type BuiltDictionary } from "./dictionary.ts";

/** Characters of distinct texts that a column may hold: joined for storage they must stay one string of V8's. */
const MOST_CHARACTERS = 32 * 1024 * 1024;
/** Longer texts (templates, contexts) are few, and go into a Map with those that are not ASCII. */
const LONGEST_HASHED = 64;
/** A power of two that stays half empty when every row has a text of its own. */
const MOST_SLOTS = 2 * SEGMENT_CAPACITY;
const FEWEST_SLOTS = 256;
const GROWTH = 8;
/** Texts that were made to collide end in the Map. */
const MOST_PROBES = 32;
/** A slot holds a code, and above it bits of the hash, so that another text is seldom looked at. */
const CODE_BITS = 2 * SEGMENT_CAPACITY - 1;
const FIRST_BYTES = 4_096;

export class DictionaryBuilder {
  readonly #index = new Uint32Array(SEGMENT_CAPACITY);
  /** The texts of the table; one that is looked for as a string is written behind them. */
  #bytes = new DataView(new ArrayBuffer(FIRST_BYTES));
  /** Where the bytes of each code end. Texts of the Map have none. */
  readonly #ends = new Uint32Array(SEGMENT_CAPACITY + 1);
  #count = 0;
  /** 0 is a free slot. */
  #slots = new Int32Array(FEWEST_SLOTS);
  #hashed = 0;
  readonly #others = new Map<string, number>();
  /** A text is in the Map that the table had no room for, and may have once it has grown. */
  #collided = false;
  #last: string | null = null;
  #lastCode = 0;
  /** The code that the table gave last, 0 for none: neighbouring lines often name the same service, or the same trace. */
  #lastEntry = 0;
  #characters = 0;

  get full(): boolean {
    return this.#characters >= MOST_CHARACTERS;
  }

  set(row: number, value: Text | null | undefined): void {
    this.#index[row] = value === null || value === undefined ? 0 : this.#codeOfText(value);
  }

  column(count: number): BuiltDictionary | null {
    if (this.#count === 0) return null;
    const index = indexFor(this.#count, count);
    index.set(this.#index.subarray(0, count));
    const bytes = new Uint8Array(this.#bytes.buffer, 0, this.#end);
    return { index, ...packEntries(bytes, this.#ends.subarray(0, this.#count + 1), this.#others) };
  }

  clear(): void {
    this.#count = 0;
    this.#slots.fill(0);
    this.#hashed = 0;
    this.#others.clear();
    this.#collided = false;
    this.#last = null;
    this.#lastCode = 0;
    this.#lastEntry = 0;
    this.#characters = 0;
  }

  get #end(): number {
    return this.#ends[this.#count] ?? 0;
  }

  #codeOfText(value: Text): number {
    if (typeof value !== "string")
      return value.length <= LONGEST_HASHED
        ? this.#codeOf(value.view, value.from, value.length)
        : this.#otherCode(value.toString());
    if (value === this.#last) return this.#lastCode;
    this.#last = value;
    this.#lastCode =
      value.length <= LONGEST_HASHED && this.#write(value)
        ? this.#codeOf(this.#bytes, this.#end, value.length)
        : this.#otherCode(value);
    return this.#lastCode;
  }

  /** Writes a text behind all others; false when it is not ASCII. */
  #write(value: string): boolean {
    this.#reserve(value.length);
    const bytes = this.#bytes;
    const end = this.#end;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code >= 0x80) return false;
      bytes.setUint8(end + at, code);
    }
    return true;
  }

  #codeOf(view: DataView, from: number, length: number): number {
    const last = this.#lastEntry;
    if (last > 0 && this.#isEntry(last, view, from, length)) return last;
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = hashBytes(view, from, length);
    for (let probe = 0; probe < MOST_PROBES; probe += 1) {
      const slot = (hash + probe) & mask;
      const held = slots[slot] ?? 0;
      if (held === 0) return this.#addAt(slot, hash, view, from, length);
      const code = held & CODE_BITS;
      if (((held ^ hash) & ~CODE_BITS) === 0 && this.#isEntry(code, view, from, length))
        return (this.#lastEntry = code);
    }
    this.#collided = true;
    return this.#otherCode(stringOf(view, from, length));
  }

  #addAt(slot: number, hash: number, view: DataView, from: number, length: number): number {
    const known = this.#collided ? this.#others.get(stringOf(view, from, length)) : undefined;
    if (known !== undefined) return known;
    const end = this.#end;
    if (view !== this.#bytes) {
      this.#reserve(length);
      copyBytes(view, from, this.#bytes, end, length);
    }
    const code = this.#add(end + length, length);
    this.#lastEntry = code;
    this.#slots[slot] = code | (hash & ~CODE_BITS);
    this.#hashed += 1;
    if (this.#hashed * 2 > this.#slots.length && this.#slots.length < MOST_SLOTS) this.#grow();
    return code;
  }

  #isEntry(code: number, view: DataView, from: number, length: number): boolean {
    const start = this.#ends[code - 1] ?? 0;
    return (this.#ends[code] ?? 0) - start === length && isSameBytes(this.#bytes, start, view, from, length);
  }

  #otherCode(value: string): number {
    const known = this.#others.get(value);
    if (known !== undefined) return known;
    const code = this.#add(this.#end, value.length);
    this.#others.set(value, code);
    return code;
  }

  #add(end: number, characters: number): number {
    const code = this.#count + 1;
    this.#ends[code] = end;
    this.#count = code;
    this.#characters += characters;
    return code;
  }

  #reserve(length: number): void {
    const needed = this.#end + length;
    if (needed <= this.#bytes.byteLength) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.byteLength * 2));
    grown.set(new Uint8Array(this.#bytes.buffer));
    this.#bytes = new DataView(grown.buffer);
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * GROWTH);
    const mask = slots.length - 1;
    for (const held of this.#slots) {
      if (held === 0) continue;
      const code = held & CODE_BITS;
      const start = this.#ends[code - 1] ?? 0;
      const length = (this.#ends[code] ?? 0) - start;
      let slot = hashBytes(this.#bytes, start, length) & mask;
      let probe = 0;
      for (; probe < MOST_PROBES && slots[slot] !== 0; probe += 1) slot = (slot + 1) & mask;
      if (probe < MOST_PROBES) slots[slot] = held;
      else {
        this.#collided = true;
        this.#others.set(stringOf(this.#bytes, start, length), code);
      }
    }
    this.#slots = slots;
  }
}

const stringOf = ({ buffer, byteOffset }: DataView, from: number, length: number): string =>
  Buffer.from(buffer, byteOffset + from, length).toString("latin1");
