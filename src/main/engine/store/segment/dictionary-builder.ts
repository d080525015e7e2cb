// Numbers the distinct strings of one column. Ids are different in almost every row: a table over their characters
// costs a third of a Map, which allocates for each entry and copies all of them when it grows.
import { SEGMENT_CAPACITY, type DictionaryColumn } from "../../../../shared/model/segment.ts";
import { indexFor } from "./dictionary.ts";

/** Characters of distinct strings that a column may hold: joined for storage they must stay one string of V8's. */
const MOST_CHARACTERS = 32 * 1024 * 1024;
/** Longer strings (templates, contexts) are few and go into a Map, which remembers their hash. */
const LONGEST_HASHED = 64;
/** A power of two that stays half empty when every row has a string of its own. */
const MOST_SLOTS = 2 * SEGMENT_CAPACITY;
const FEWEST_SLOTS = 256;
const GROWTH = 8;
/** Strings that were made to collide end in the Map. */
const MOST_PROBES = 32;
/** FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/, from a start that nobody can know beforehand. */
const FNV_PRIME = 0x01000193;
const START = Math.floor(Math.random() * 2 ** 32) | 0;

export class DictionaryBuilder {
  readonly #index = new Uint32Array(SEGMENT_CAPACITY);
  readonly #others = new Map<string, number>();
  #entries: string[] = [];
  /** Codes by hash; 0 is a free slot. */
  #slots = new Uint32Array(FEWEST_SLOTS);
  #hashed = 0;
  #last: string | null = null;
  #lastCode = 0;
  #characters = 0;

  get full(): boolean {
    return this.#characters >= MOST_CHARACTERS;
  }

  set(row: number, value: string | null | undefined): void {
    if (value === null || value === undefined) {
      this.#index[row] = 0;
      return;
    }
    if (value !== this.#last) {
      this.#lastCode = value.length > LONGEST_HASHED ? this.#otherCode(value) : this.#codeOf(value);
      this.#last = value;
    }
    this.#index[row] = this.#lastCode;
  }

  column(count: number): DictionaryColumn | null {
    const dictionary = this.#entries;
    if (dictionary.length === 0) return null;
    const index = indexFor(dictionary.length, count);
    index.set(this.#index.subarray(0, count));
    return { dictionary: [...dictionary], index };
  }

  clear(): void {
    this.#entries = [];
    this.#others.clear();
    this.#slots.fill(0);
    this.#hashed = 0;
    this.#last = null;
    this.#lastCode = 0;
    this.#characters = 0;
  }

  #codeOf(value: string): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const first = hashOf(value);
    for (let probe = 0; probe < MOST_PROBES; probe += 1) {
      const slot = (first + probe) & mask;
      const code = slots[slot] ?? 0;
      if (code === 0) {
        const added = this.#add(value);
        slots[slot] = added;
        this.#hashed += 1;
        if (this.#hashed * 2 > slots.length && slots.length < MOST_SLOTS) this.#grow();
        return added;
      }
      if (this.#entries[code - 1] === value) return code;
    }
    return this.#otherCode(value);
  }

  #otherCode(value: string): number {
    const known = this.#others.get(value);
    if (known !== undefined) return known;
    const code = this.#add(value);
    this.#others.set(value, code);
    return code;
  }

  #add(value: string): number {
    this.#characters += value.length;
    return this.#entries.push(value);
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * GROWTH);
    const mask = slots.length - 1;
    for (const code of this.#slots) {
      const value = code === 0 ? undefined : this.#entries[code - 1];
      if (value === undefined) continue;
      let slot = hashOf(value) & mask;
      let probe = 0;
      for (; probe < MOST_PROBES && slots[slot] !== 0; probe += 1) slot = (slot + 1) & mask;
      if (probe < MOST_PROBES) slots[slot] = code;
      else this.#others.set(value, code);
    }
    this.#slots = slots;
  }
}

function hashOf(value: string): number {
  let hash = START;
  for (let at = 0; at < value.length; at += 1) hash = Math.imul(hash ^ value.charCodeAt(at), FNV_PRIME);
  return (hash ^ (hash >>> 15)) >>> 0;
}
