import fc from "../../support/properties.ts";
import { expect, it } from "vitest";
import { firstAfter, firstAtLeast, TimeList, toArray } from "../../../src/main/engine/series/time-list.ts";

const BASE = 1_770_000_000_000_000;
/** Far more than a page, of milliseconds, of microseconds, days apart, with fractions. */
const times = fc
  .tuple(
    fc.constantFrom(0, 1, 8, 9, 1_024, 1_025, 4_500),
    fc.constantFrom(1, 1_000, 0.5, 7_777_777, 300_000_000_000),
    fc.nat(3),
  )
  .map(([count, step, jitter]) =>
    Array.from({ length: count }, (_, i) => BASE + (i + ((i * 7) % (jitter + 1))) * step),
  );

it("holds the times that it was given, one by one and in a row", () => {
  fc.assert(
    fc.property(times, (given) => {
      const list = TimeList.of(Float64Array.from(given));
      expect(list.length).toBe(given.length);
      expect(given.map((_, at) => list.at(at))).toEqual(given);
      expect([...toArray(list)]).toEqual(given);
      const third = Math.floor(given.length / 3);
      expect([...list.from(third)]).toEqual(given.slice(third));
      expect([list.at(-1), list.at(given.length)]).toEqual([given.at(-1), undefined]);
      expect(list.isAscending).toBe(given.every((time, at) => at === 0 || time >= (given[at - 1] ?? 0)));
    }),
    { numRuns: 40 },
  );
});

it("finds the first of ascending times from a moment on, and after it", () => {
  const list = TimeList.of(Float64Array.of(BASE, BASE + 2, BASE + 2, BASE + 5));
  expect([BASE - 1, BASE, BASE + 2, BASE + 6].map((bound) => firstAtLeast(list, bound))).toEqual([
    BASE,
    BASE,
    BASE + 2,
    undefined,
  ]);
  expect([BASE - 1, BASE, BASE + 2, BASE + 5].map((bound) => firstAfter(list, bound))).toEqual([
    BASE,
    BASE + 2,
    BASE + 5,
    undefined,
  ]);
});
