// Where a text may begin of which only the sets of its first characters are known.
import type { Beginning } from "../../../../shared/query/regex-beginning.ts";

/** Characters that are looked at. */
export const OPENING_CHARACTERS = 3;
/** Entries of a table, which is asked by half a byte. */
const TABLE = 16;
const TABLES_BYTES = (1 + OPENING_CHARACTERS) * TABLE;

/**
 * Sets of ASCII bytes as tables for a lookup of sixteen bytes at once: a byte is in a set if the bit that the first
 * table has for its upper half is set in what the set's own table has for its lower half
 * (http://0x80.pl/articles/simd-byte-lookup.html). Bytes beyond ASCII may stand for any character, and what follows
 * them too, for nobody knows where in the text it would stand.
 */
export interface Opening {
  readonly tables: Uint8Array;
  /** Characters that the text has at least: 1 to {@link OPENING_CHARACTERS}. */
  readonly length: number;
}

/** Of at least one set. */
export function openingOf(beginning: Beginning): Opening {
  const tables = new Uint8Array(TABLES_BYTES);
  for (let upper = 0; upper < 8; upper += 1) tables[upper] = 1 << upper;
  for (let set = 0; set < OPENING_CHARACTERS; set += 1) {
    const characters = beginning[set];
    const table = tables.subarray((1 + set) * TABLE, (2 + set) * TABLE);
    if (characters === undefined) table.fill(0xff);
    else characters.forEach((isIn, code) => (table[code % TABLE] = (table[code % TABLE] ?? 0) | (isIn << (code >> 4))));
  }
  return { tables, length: Math.min(beginning.length, OPENING_CHARACTERS) };
}

/** How many of so many places of a random text would be one: to tell which of two things to look for. */
export const rarity = (beginning: Beginning): number =>
  beginning.reduce((share, set) => (share * set.reduce((sum, isIn) => sum + isIn, 0)) / set.length, 1);
