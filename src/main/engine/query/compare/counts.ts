// Counts by code of both sides, and how the records of a code come together on the first.
import { compareRates, compareShares, dispersionOf, SLICES, type Effect } from "../../compare/effect.ts";
import type { Measured } from "../../compare/difference.ts";
import { MICROS_PER_SECOND } from "../../../../shared/units.ts";
import type { OpenCase } from "../open-case.ts";
import type { Ordinals } from "../ordinals.ts";
import type { Side, Sides } from "./sides.ts";

/** Code of a record; −1 for what does not count. */
export type CodeOf = (ordinal: number) => number;

export interface Counted {
  readonly count: Uint32Array;
  readonly level: Uint8Array;
  /** Records that have a code. */
  readonly all: number;
}

export function countCodes({ index }: OpenCase, ordinals: Ordinals, codes: number, codeOf: CodeOf): Counted {
  const count = new Uint32Array(codes);
  const level = new Uint8Array(codes);
  let all = 0;
  for (const part of ordinals.parts()) {
    for (const ordinal of part) {
      const code = codeOf(ordinal);
      if (code < 0) continue;
      all += 1;
      count[code] = (count[code] ?? 0) + 1;
      if (index.level.at(ordinal) > (level[code] ?? 0)) level[code] = index.level.at(ordinal);
    }
  }
  return { count, level, all };
}

/** By code, {@link SLICES} counts each. */
export function sliceCodes({ index }: OpenCase, side: Side, codes: number, codeOf: CodeOf): Uint32Array {
  const slices = new Uint32Array(codes * SLICES);
  for (const part of side.records.parts()) {
    for (const ordinal of part) {
      const code = codeOf(ordinal);
      const time = index.time.at(ordinal);
      if (code < 0 || time === Infinity) continue;
      const slice = Math.min(SLICES - 1, Math.max(0, Math.floor(side.elapsed(time) * SLICES)));
      slices[code * SLICES + slice] = (slices[code * SLICES + slice] ?? 0) + 1;
    }
  }
  return slices;
}

export interface FrequencyChange {
  readonly measure: "rate" | "share";
  readonly a: Measured;
  readonly b: Measured;
  readonly effect: Effect;
}

/** Rates where both sides watch the same, shares of all that has a code otherwise. */
export function frequencies(
  sides: Sides,
  a: Counted,
  b: Counted,
  slices: Uint32Array,
): (code: number) => FrequencyChange {
  const seconds = { a: sides.a.length / MICROS_PER_SECOND, b: sides.b.length / MICROS_PER_SECOND };
  return (code) => {
    const before = a.count[code] ?? 0;
    const after = b.count[code] ?? 0;
    if (!sides.areRates) {
      return {
        measure: "share",
        a: shareOf(before, a.all),
        b: shareOf(after, b.all),
        effect: compareShares({ count: before, of: a.all }, { count: after, of: b.all }),
      };
    }
    const together = dispersionOf(slices.subarray(code * SLICES, (code + 1) * SLICES));
    return {
      measure: "rate",
      a: { count: before, of: a.all, value: seconds.a > 0 ? before / seconds.a : 0 },
      b: { count: after, of: b.all, value: seconds.b > 0 ? after / seconds.b : 0 },
      effect: compareRates({ count: before, time: seconds.a }, { count: after, time: seconds.b }, together),
    };
  };
}

export const shareOf = (count: number, of: number): Measured => ({ count, of, value: of > 0 ? count / of : 0 });
