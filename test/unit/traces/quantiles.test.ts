import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { quantile, quantilesOf } from "../../../src/main/engine/traces/quantiles.ts";

const QS = [0.5, 0.95, 0.99, 0, 1] as const;

describe("quantiles without sorting", () => {
  it("are those of the sorted numbers, and leave the numbers the same", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, max: 1e12, noNaN: true })), {
          maxLength: 200,
        }),
        (numbers) => {
          const sorted = Float64Array.from(numbers).sort();
          const values = Float64Array.from(numbers);
          expect(quantilesOf(values, QS)).toEqual(QS.map((q) => quantile(sorted, q)));
          expect(values.sort()).toEqual(sorted);
        },
      ),
    );
  });

  it.each([
    ["ascend", (at: number) => at],
    ["descend", (at: number) => 100_000 - at],
    ["are all alike", () => 7],
    ["rise and fall", (at: number) => Math.min(at, 100_000 - at)],
  ])("are found among 100,000 that %s", (_, valueAt) => {
    const values = Float64Array.from({ length: 100_000 }, (_unused, at) => valueAt(at));
    const sorted = values.toSorted();
    expect(quantilesOf(values, QS)).toEqual(QS.map((q) => quantile(sorted, q)));
  });
});
