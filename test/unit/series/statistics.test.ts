import { describe, expect, it } from "vitest";
import { median, medianAndSigma, moments, quantile, upperTail } from "../../../src/main/engine/series/statistics.ts";

describe("robust statistics", () => {
  it("take the middle, and between two the half way", () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 20, 30, 40, 50], 0.25)).toBe(20);
    expect(quantile([10, 20, 30, 40, 50], 0.9)).toBe(46);
  });

  it("do not follow a wild sample", () => {
    const calm = [9, 10, 11, 10, 9, 11, 10];
    const { median: center, sigma } = medianAndSigma([...calm, 1e9]);
    expect(center).toBe(10);
    expect(sigma).toBeLessThan(2);
    expect(moments([...calm, 1e9]).deviation).toBeGreaterThan(1e8);
  });

  it("give a deviation that is the standard deviation of normal noise", () => {
    expect(medianAndSigma([1, 1, 2, 2, 4, 6, 9]).sigma).toBeCloseTo(1.4826);
  });

  it("leave the values as they were, and are 0 of nothing", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect([median([]), medianAndSigma([]).sigma, moments([]).mean]).toEqual([0, 0, 0]);
  });

  it.each([
    [0, 0.5],
    [1.959964, 0.025],
    [-1.959964, 0.975],
    [4, 3.167e-5],
  ])("know the normal tail beyond %f", (z, tail) => {
    expect(upperTail(z) / tail).toBeCloseTo(1, 2);
  });
});
