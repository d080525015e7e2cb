import { describe, expect, it } from "vitest";
import { shareRatio, shareShift } from "../../../../src/main/engine/suspects/services/likelihood.ts";

describe("the likelihood ratio of two shares", () => {
  it.each([
    ["alike", [5, 10, 50, 100], 0],
    // Half of Dunning's G² = 2 Σ O ln(O / E), worked out by hand: (10, 0 | 0, 10) gives 20 ln 2.
    ["all against none", [10, 10, 0, 10], 20 * Math.LN2],
    ["nothing on one side", [0, 0, 3, 10], 0],
  ] as const)("of %s", (_, [k1, n1, k2, n2], nats) => {
    expect(shareRatio(k1, n1, k2, n2)).toBeCloseTo(nats, 10);
  });
});

describe("a share that changed", () => {
  it("is held against how much it changes by itself", () => {
    const totals = Float64Array.of(20, 20, 20, 20, 20);
    const calm = shareShift(Float64Array.of(2, 2, 2, 2, 18), totals);
    const restless = shareShift(Float64Array.of(0, 20, 0, 20, 18), totals);
    expect(calm).toMatchObject({ before: 8, beforeOf: 80, during: 18, duringOf: 20, rises: true });
    expect(calm?.nats).toBeGreaterThan(15);
    expect(restless?.nats).toBeLessThan(0);
  });

  it.each([
    ["the reference", Float64Array.of(0, 0, 5), Float64Array.of(0, 0, 10)],
    ["the incident", Float64Array.of(1, 1, 0), Float64Array.of(10, 10, 0)],
  ])("is not told where %s holds nothing", (_, counts, totals) => {
    expect(shareShift(counts, totals)).toBeNull();
  });
});
