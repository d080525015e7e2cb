import fc from "../../support/properties.ts";
import { expect, it } from "vitest";
import { mergeRuns } from "../../../src/main/engine/series/merge-runs.ts";
import { TimeList } from "../../../src/main/engine/series/time-list.ts";

const runs = fc.array(
  fc.array(fc.nat(3_000), { minLength: 1, maxLength: 1_500 }).map((times) => times.toSorted((a, b) => a - b)),
  { maxLength: 16 },
);

it("puts a few runs in order, equal times as they stand", () => {
  fc.assert(
    fc.property(runs, (given) => {
      const times = given.flat();
      const order = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
      const merged: [number, number][] = [];
      expect(mergeRuns(TimeList.of(Float64Array.from(times)), (time, index) => merged.push([time, index]))).toBe(true);
      expect(merged).toEqual(order.map((index) => [times[index], index]));
    }),
    { numRuns: 50 },
  );
});

it("leaves many runs to others", () => {
  const descending = TimeList.of(Float64Array.from({ length: 17 }, (_, i) => 100 - i));
  expect(
    mergeRuns(descending, () => {
      throw new Error("visited");
    }),
  ).toBe(false);
});
