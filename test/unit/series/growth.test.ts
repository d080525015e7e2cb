import { describe, expect, it } from "vitest";
import { Growth } from "../../../src/main/engine/series/detectors/growth.ts";

/** What a series of 10,000 values as `usual` tells of one more. */
const distance = (usual: readonly number[], expected: number, value: number): number => {
  const growth = new Growth();
  for (let index = 0; index < 10_000; index++) growth.add(usual[index % usual.length] ?? 0);
  growth.add(value);
  return growth.from(expected);
};

describe("the distance of a value from what was expected", () => {
  it("is the logarithm of their quotient where both are large", () => {
    expect(distance([10], 1_000, 2_000)).toBeCloseTo(Math.log(2), 3);
    expect(distance([10], 2_000, 1_000)).toBeCloseTo(-Math.log(2), 3);
  });

  it("is as far from 0 to 1 as from 1 to 2 where a hundred is usual", () => {
    expect(distance([100], 0, 1)).toBeCloseTo(distance([100], 1, 2), 4);
    expect(distance([100], 0, 1)).toBeCloseTo(1 / 30, 4);
  });

  it("knows values below 0", () => {
    expect(distance([-50, 50], 0, -40)).toBeCloseTo(-distance([-50, 50], 0, 40), 12);
    expect(distance([-50, 50], 0, -40)).toBeLessThan(-1);
  });

  it("is the difference of inverse hyperbolic sines, and nothing where the value is what was expected", () => {
    const growth = new Growth();
    growth.add(10);
    for (const expected of [-800, -3, 0.001, 9.99, 10.01, 4e6]) {
      expect(growth.from(expected)).toBeCloseTo(Math.asinh(10 / 3) - Math.asinh(expected / 3), 12);
    }
    expect(growth.from(10)).toBe(0);
  });

  it("leads back to the value", () => {
    const growth = new Growth();
    for (const value of [3, 800, 12, 0.1, -5, 700]) {
      growth.add(value);
      expect(growth.at(90, growth.from(90))).toBeCloseTo(value, 8);
    }
  });

  it("is none before anything but 0 was seen, and finite after a million zeros", () => {
    const growth = new Growth();
    growth.add(0);
    expect([growth.from(0), growth.at(0, 5)]).toEqual([0, 0]);
    growth.add(1e150);
    for (let index = 0; index < 1_000_000; index++) growth.add(0);
    expect(Number.isFinite(growth.from(1e150))).toBe(true);
  });
});
