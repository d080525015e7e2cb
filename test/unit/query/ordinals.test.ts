import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { Fits } from "../../../src/main/engine/query/fits.ts";
import { Ordinals, OrdinalsBuilder } from "../../../src/main/engine/query/ordinals.ts";
import { SegmentPlaces } from "../../../src/main/engine/query/segment-places.ts";

/** Runs, sources that lie between each other, and ordinals from anywhere: pieces of every kind, and several of each. */
const stretch = fc
  .tuple(fc.nat(2 ** 32 - 1 - 40_000), fc.constantFrom(1, 7, 1_023, 1_024, 4_095, 4_096, 4_097, 9_000), fc.nat(3))
  .map(([first, count, kind]) =>
    Array.from({ length: count }, (_, i) => {
      if (kind === 0) return first + i;
      if (kind === 1) return first + (i % 2 === 0 ? i : 20_000 + i);
      return kind === 2 ? (first + Math.imul(i, 0x9e37_79b1)) >>> 0 : first + (i % 5);
    }),
  );
const ordinals = fc.array(stretch, { maxLength: 4 }).map((parts) => parts.flat());

const made = (values: readonly number[]): Ordinals => Ordinals.of(Uint32Array.from(values));

describe("ordinals in pieces", () => {
  it("are what was put in, one by one, in parts and cut out", () => {
    fc.assert(
      fc.property(ordinals, fc.nat(20_000), fc.nat(20_000), (values, from, end) => {
        const order = made(values);
        expect(order.length).toBe(values.length);
        expect([...order]).toEqual(values);
        expect(values.map((_, at) => order.at(at))).toEqual(values);
        expect([order.at(-1), order.at(values.length), order.at(Number.NaN)]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
        const cut = order.slice(from, end);
        expect([...cut]).toEqual(values.slice(from, end));
        expect([...cut].map((_, at) => cut.at(at))).toEqual(values.slice(from, end));
        expect([...order.parts(from, end)].every((part) => part.length <= 4_096)).toBe(true);
        const thirds = order.filter((one) => one % 3 === 0);
        expect([...thirds]).toEqual(values.filter((one) => one % 3 === 0));
      }),
      { numRuns: 60 },
    );
  });

  it("are shared by the order that they are put into", () => {
    fc.assert(
      fc.property(ordinals, ordinals, fc.nat(9_000), fc.nat(9_000), (a, b, from, end) => {
        const builder = new OrdinalsBuilder();
        builder.share(made(a), from);
        for (const one of b.slice(0, 10)) builder.push(one);
        builder.share(made(b), 0, end);
        expect([...builder.finish()]).toEqual([...a.slice(from), ...b.slice(0, 10), ...b.slice(0, end)]);
      }),
      { numRuns: 60 },
    );
  });

  it("take no memory where they are consecutive, however they came, and half a byte where few sources meet", () => {
    const builder = new OrdinalsBuilder();
    for (let first = 0; first < 1e6; first += 50) builder.share(Ordinals.between(first, first + 50));
    expect(builder.finish().bytes).toBe(0);
    const meeting = made(Array.from({ length: 100_000 }, (_, i) => (i % 4) * 1_000_000 + (i >>> 2)));
    expect(meeting.bytes).toBe(50_000);
    const jumbled = made(Array.from({ length: 100_000 }, (_, i) => i ^ 1));
    expect(jumbled.bytes).toBe(200_000);
  });
});

describe("what fits a filter", () => {
  it("is told by bits as by a byte each", () => {
    const masks = fc.array(fc.array(fc.nat(1), { minLength: 1, maxLength: 100 }), { maxLength: 6 });
    fc.assert(
      fc.property(masks, fc.nat(700), (parts, others) => {
        const all = parts.flat();
        const fits = new Fits();
        let first = 0;
        let found = 0;
        for (const part of parts) {
          fits.reserve(first + part.length);
          found += fits.put(Uint8Array.from(part), first);
          expect([...fits.mask(first, part.length)]).toEqual(part);
          first += part.length;
        }
        const places = all.flatMap((one, at) => (one === 1 ? [at] : []));
        expect(found).toBe(places.length);
        expect([...fits.places(found)]).toEqual(places);
        expect([...fits.ordinals()]).toEqual(places);
        const backwards = Ordinals.of(Uint32Array.from({ length: others }, (_, i) => others - 1 - i));
        expect([...fits.pick(backwards)]).toEqual(places.filter((at) => at < others).toReversed());
      }),
    );
  });

  it("holds the 32 bits of a word and more ordinals than are handed out at once", () => {
    const fits = new Fits();
    fits.reserve(10_000);
    expect(fits.put(new Uint8Array(10_000).fill(1), 0)).toBe(10_000);
    expect([...fits.ordinals()]).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
  });
});

it("the segment of a record is found among large ones, small ones and such without records", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 1, 2, 60, 4_095, 4_096, 4_097, 9_000), { maxLength: 12 }), (counts) => {
      const places = new SegmentPlaces();
      for (const count of counts) places.append(count);
      const expected = counts.flatMap((count, number) => Array<number>(count).fill(number));
      expect(expected.map((_, ordinal) => places.at(ordinal))).toEqual(expected);
      expect([places.at(-1), places.at(expected.length)]).toEqual([0, 0]);
    }),
  );
});
