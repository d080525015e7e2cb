import { describe, expect, it } from "vitest";
import { rateChange } from "../../../src/main/engine/templates/rate-change.ts";

describe("a change of rate", () => {
  it("is nothing for the same rate, whatever the times", () => {
    expect(rateChange(10, 100, 10, 100)).toBe(0);
    expect(rateChange(10, 100, 40, 400)).toBeCloseTo(0, 9);
  });

  it("has the sign of the change and grows with its size and with the counts", () => {
    expect(rateChange(10, 1, 40, 1)).toBeGreaterThan(3);
    expect(rateChange(40, 1, 10, 1)).toBeCloseTo(-rateChange(10, 1, 40, 1), 9);
    expect(rateChange(100, 1, 400, 1)).toBeGreaterThan(rateChange(10, 1, 40, 1));
    expect(Math.abs(rateChange(1, 1, 2, 1))).toBeLessThan(1);
  });

  it("is the signed root of the log-likelihood ratio", () => {
    // 2 · (20·ln(20/10) + 0) for all in the second of two equal times.
    expect(rateChange(0, 1, 20, 1)).toBeCloseTo(Math.sqrt(40 * Math.log(2)), 9);
  });

  it("says nothing without time or counts", () => {
    expect([rateChange(0, 1, 0, 1), rateChange(1, 0, 1, 1), rateChange(1, 1, 1, Number.NaN)]).toEqual([0, 0, 0]);
  });
});
