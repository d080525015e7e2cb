import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { codeIn, PagedCodes, placeInPage } from "../../../src/main/engine/query/paged-columns.ts";
import { PagedTimes } from "../../../src/main/engine/query/paged-times.ts";

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

/** Where what is appended at once ends, so that some of it ends with a page and some crosses several. */
const someCuts = fc.array(fc.oneof(fc.nat(20_000), fc.constantFrom(PAGE - 1, PAGE, PAGE + 1, 2 * PAGE)), {
  maxLength: 6,
});

function pieces<T>(values: readonly T[], cuts: readonly number[]): T[][] {
  const bounds = [0, ...cuts.toSorted((a, b) => a - b), values.length];
  return bounds.slice(1).map((end, i) => values.slice(bounds[i], end));
}

describe("codes in pages", () => {
  it("are what was put in, whatever width their page got", () => {
    const code = fc.oneof(fc.nat(3), fc.nat(16), fc.nat(255), fc.nat(65_535), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
    fc.assert(
      fc.property(runs(code), someCuts, (codes, cuts) => {
        const column = new PagedCodes();
        for (const part of pieces(codes, cuts)) {
          const [first = 0] = part;
          if (part.every((one) => one === first)) column.repeat(first, part.length);
          else column.append(Math.max(...part) < 256 ? Uint8Array.from(part) : Uint32Array.from(part));
        }
        expect(codes.map((_, at) => column.at(at))).toEqual(codes);
        expect(codes.map((_, at) => codeIn(column.page(at), placeInPage(at)))).toEqual(codes);
        expect([column.at(codes.length), column.at(-1)]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });

  it("are counted as they would be one by one, from anywhere to anywhere", () => {
    const code = fc.oneof(fc.nat(3), fc.nat(16), fc.nat(255));
    fc.assert(
      fc.property(runs(code), fc.nat(), fc.nat(), (codes, one, other) => {
        const column = new PagedCodes();
        column.append(Uint8Array.from(codes));
        const [from = 0, end = 0] = [one % (codes.length + 1), other % (codes.length + 1)].toSorted((a, b) => a - b);
        const counts = new Uint32Array(256);
        column.count(from, end, counts);
        const expected = new Uint32Array(256);
        for (const value of codes.slice(from, end)) expected[value] = (expected[value] ?? 0) + 1;
        expect(counts).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("clear the rows whose codes are not wanted, from anywhere to anywhere, and no row comes back", () => {
    const code = fc.oneof(fc.nat(3), fc.nat(16), fc.nat(255), fc.nat(70_000));
    const someWanted = fc.uint8Array({ max: 1, maxLength: 300 });
    fc.assert(
      fc.property(
        runs(code),
        fc.nat(),
        fc.nat(),
        someWanted,
        fc.integer({ min: 1, max: 9 }),
        (codes, one, other, wanted, gap) => {
          const column = new PagedCodes();
          column.append(Uint32Array.from(codes));
          const [from = 0, end = 0] = [one % (codes.length + 1), other % (codes.length + 1)].toSorted((a, b) => a - b);
          const asked = Uint8Array.from({ length: end - from }, (_, row) => (row % gap === 0 ? 1 : 0));
          const mask = asked.slice();
          column.keep(from, mask, wanted);
          expect(mask).toEqual(asked.map((isAsked, row) => isAsked & (wanted[codes[from + row] ?? 0] ?? 0)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("use the memory of a page that another stands for again, and only once", () => {
    const column = new PagedCodes();
    const codes = [3, 3, 3, 5, 5, 3].flatMap((code) => Array<number>(PAGE).fill(code));
    column.append(Uint8Array.from(codes));
    column.append(Uint8Array.of(9, 1));
    expect([...codes, 9, 1].map((_, at) => column.at(at))).toEqual([...codes, 9, 1]);
    expect(column.at(codes.length + 2)).toBe(0);
  });

  it("take half a byte a record where they are small enough", () => {
    const column = new PagedCodes();
    const codes = Array.from({ length: 2 * PAGE }, (_, i) => (i < PAGE ? i % 16 : i % 17));
    column.append(Uint8Array.from(codes));
    expect([column.page(0).byteLength, column.page(PAGE).byteLength]).toEqual([PAGE / 2, PAGE]);
    expect(codes.map((_, at) => column.at(at))).toEqual(codes);
  });

  it("keep a page of one value apart from a page that begins with it", () => {
    const column = new PagedCodes();
    const codes = [...Array<number>(PAGE).fill(7), ...Array.from({ length: PAGE }, (_, i) => 7 + (i % 2))];
    column.append(Uint16Array.from(codes));
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
      fc.constantFrom(base + 0.5, base + 2 ** 32 - 1, base + 2 ** 32 - 2, base + 65_534, base + 65_535),
      fc.integer({ min: 0, max: 66_000 }).map((millis) => base + millis * 1_000),
      fc.integer({ min: 0, max: 66_000 }).map((seconds) => base + seconds * 1_000_000),
      fc.constant(Number.NaN),
    );
    fc.assert(
      fc.property(runs(time), someCuts, (times, cuts) => {
        const column = new PagedTimes();
        for (const part of pieces(times, cuts)) column.append(Float64Array.from(part));
        expect(times.map((_, at) => column.at(at))).toEqual(times.map((one) => (Number.isNaN(one) ? Infinity : one)));
        expect([column.at(times.length), column.at(-1)]).toEqual([Infinity, Infinity]);
      }),
      { numRuns: 60 },
    );
  });
});
