import fc from "../../support/properties.ts";
import { expect, it } from "vitest";
import { inOrder } from "../../../src/main/engine/series/in-order.ts";
import { TimeList, type TimeSequence } from "../../../src/main/engine/series/time-list.ts";

function visited(times: TimeSequence): number[] {
  const all: number[] = [];
  times.forEach((time) => all.push(time));
  return all;
}

/** Dense, far apart, at once, and with one that lies years before the others. */
const moment = fc.oneof(fc.nat(20), fc.nat(2 ** 40), fc.constant(-(2 ** 50)), fc.constant(7));
const lists = fc.array(
  fc.array(moment, { maxLength: 60 }).map((times) => Float64Array.from(times).sort()),
  { maxLength: 5 },
);

it("visits the times of all lists in order, however few of them it sorts at once", () => {
  fc.assert(
    fc.property(lists, fc.constantFrom(1, 5, 1_000), (given, mostSorted) => {
      const expected = [...Float64Array.from(given.flatMap((times) => [...times])).sort()];
      const merged = inOrder(
        given.map((times) => TimeList.of(times)),
        mostSorted,
      );
      expect(merged.length).toBe(expected.length);
      expect(visited(merged)).toEqual(expected);
      expect(visited(merged)).toEqual(expected);
    }),
  );
});
