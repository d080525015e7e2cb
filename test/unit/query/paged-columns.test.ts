import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PagedCodes, PagedTimes, placeInPage } from "../../../src/main/engine/query/paged-columns.ts";

const PAGE = 4_096;
/** Runs of equal and of changing values, so that pages of every width are filled. */
const runs = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc
    .array(fc.tuple(fc.array(value, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 6_000 })), {
      maxLength: 5,
    })
    .map((parts) =>
      parts.flatMap(([values, count]) => Array.from({ length: count }, (_, i) => values[i % values.length] as T)),
    );

describe("codes in pages", () => {
  it("are what was put in, whatever width their page got", () => {
    const code = fc.oneof(fc.nat(3), fc.nat(255), fc.nat(65_535), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
    fc.assert(
      fc.property(runs(code), (codes) => {
        const column = new PagedCodes();
        for (const one of codes) column.push(one);
        expect(codes.map((_, at) => column.at(at))).toEqual(codes);
        expect(codes.map((_, at) => column.page(at)[placeInPage(at)])).toEqual(codes);
        expect([column.at(codes.length), column.at(-1)]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });

  it("keep a page of one value apart from a page that begins with it", () => {
    const column = new PagedCodes();
    const codes = [...Array<number>(PAGE).fill(7), ...Array.from({ length: PAGE }, (_, i) => 7 + (i % 2))];
    for (const one of codes) column.push(one);
    expect(codes.map((_, at) => column.at(at))).toEqual(codes);
  });
});

describe("times in pages", () => {
  it("are what was put in: near each other or years apart, with and without a fraction, or none", () => {
    const base = 1_770_000_000_000_000;
    const time = fc.oneof(
      fc.integer({ min: base, max: base + 10_000_000 }),
      fc.integer({ min: base, max: base + 2 ** 32 }),
      fc.integer({ min: 0, max: 7_258_118_400_000_000 }),
      fc.constantFrom(base + 0.5, base + 2 ** 32 - 1, base + 2 ** 32 - 2),
      fc.constant(Number.NaN),
    );
    fc.assert(
      fc.property(runs(time), (times) => {
        const column = new PagedTimes();
        for (const one of times) column.push(one);
        expect(times.map((_, at) => column.at(at))).toEqual(times.map((one) => (Number.isNaN(one) ? Infinity : one)));
        expect([column.at(times.length), column.at(-1)]).toEqual([Infinity, Infinity]);
      }),
      { numRuns: 60 },
    );
  });
});
