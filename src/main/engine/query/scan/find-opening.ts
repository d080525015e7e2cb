/** Finds where an {@link Opening} stands, sixteen places at once: each of its three characters by a lookup in a table. */
import { OPENING_CHARACTERS } from "./opening.ts";
import {
  block,
  branch,
  branchIf,
  constant,
  get,
  i32,
  leave,
  loop,
  moduleOf,
  set,
  tee,
  v128,
  when,
  type Code,
} from "./wasm.ts";

/** First place `from … last`, or -1. `tables` is the place of the tables. All are places of the memory. */
export type FindOpening = (from: number, last: number, tables: number) => number;

const [FROM, LAST, TABLES, HITS, TEXT, UPPER, FIRST, SECOND, THIRD, HALF, ZERO] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
] as const;

const loadTable = (number: number, into: number): Code =>
  [get(TABLES), constant(16 * number), i32.add, v128.load, set(into)].flat();
const splat = (value: number, into: number): Code => [constant(value), v128.splat8, set(into)].flat();

const isBeyondAscii: Code = [get(TEXT), get(ZERO), v128.ltS8].flat();

/** Which of sixteen places have a character of the table, or one beyond ASCII, so many places further on. */
const standsAt = (distance: number, table: number): Code =>
  [
    [get(FROM), constant(distance), i32.add, v128.load, set(TEXT)],
    [get(UPPER), get(TEXT), constant(4), v128.shrU8, v128.swizzle],
    [get(table), get(TEXT), get(HALF), v128.and, v128.swizzle],
    [v128.and, get(ZERO), v128.ne8],
    [isBeyondAscii, v128.or],
  ].flat(2);

export const findOpening = moduleOf({
  parameters: 3,
  i32Locals: 1,
  v128Locals: 7,
  body: [
    loadTable(0, UPPER),
    loadTable(1, FIRST),
    loadTable(2, SECOND),
    loadTable(3, THIRD),
    splat(0x0f, HALF),
    splat(0, ZERO),
    block(
      loop(
        [get(FROM), get(LAST), i32.gtU].flat(),
        branchIf(1),
        // first & (beyond | second & (beyond | third))
        [standsAt(0, FIRST), isBeyondAscii, standsAt(1, SECOND), isBeyondAscii, standsAt(2, THIRD)].flat(),
        [v128.or, v128.and, v128.or, v128.and].flat(),
        v128.bitmask8,
        tee(HITS),
        when(
          [get(FROM), get(HITS), i32.ctz, i32.add, tee(HITS), get(LAST), i32.gtU].flat(),
          // Out of this condition, of the loop and of the block.
          branchIf(2),
          get(HITS),
          leave,
        ),
        [get(FROM), constant(16), i32.add, set(FROM)].flat(),
        branch(0),
      ),
    ),
    constant(-1),
  ],
});

/** The same in plain words. */
export const plainFindOpening =
  (memory: Uint8Array): FindOpening =>
  (from, last, tables) => {
    const mayStand = (place: number): boolean => {
      for (let i = 0; i < OPENING_CHARACTERS; i += 1) {
        const byte = memory[place + i] ?? 0;
        if (byte >= 0x80) return true;
        const upper = memory[tables + (byte >> 4)] ?? 0;
        if (((memory[tables + 16 * (1 + i) + (byte & 0x0f)] ?? 0) & upper) === 0) return false;
      }
      return true;
    };
    for (let place = from; place <= last; place += 1) if (mayStand(place)) return place;
    return -1;
  };
