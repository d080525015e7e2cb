import { describe, expect, it } from "vitest";
import { Growth } from "../../../src/main/engine/series/detectors/growth.ts";

const knowing = (...values: readonly number[]): Growth => {
  const growth = new Growth();
  for (const value of values) growth.add(value);
  return growth;
};

describe("the distance of a value from what was expected", () => {
  it("is the logarithm of their quotient where both are large", () => {
    const growth = knowing(10, 10, 10);
    expect(growth.from(1_000, 2_000)).toBeCloseTo(Math.log(2), 3);
    expect(growth.from(2_000, 1_000)).toBeCloseTo(-Math.log(2), 3);
  });

  it("is as far from 0 to 1 as from 1 to 2 where a hundred is usual", () => {
    const growth = knowing(100, 100, 100);
    expect(growth.from(0, 1)).toBeCloseTo(growth.from(1, 2), 4);
  });

  it("knows values below 0", () => {
    const growth = knowing(-50, 50);
    expect(growth.from(0, -40)).toBeCloseTo(-growth.from(0, 40), 12);
  });

  it("leads back to the value", () => {
    const growth = knowing(3, 800, 12);
    for (const value of [-5, 0, 0.1, 700]) expect(growth.at(90, growth.from(90, value))).toBeCloseTo(value, 8);
  });

  it("is none before anything but 0 was seen, and finite after a million zeros", () => {
    const growth = knowing(0, 0);
    expect([growth.from(0, 0), growth.at(0, 5)]).toEqual([0, 0]);
    growth.add(1e150);
    for (let index = 0; index < 1_000_000; index++) growth.add(0);
    expect(Number.isFinite(growth.from(1e150, 0))).toBe(true);
  });
});
