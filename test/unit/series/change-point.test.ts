import { describe, expect, it } from "vitest";
import { changePoint, PageHinkley } from "../../../src/main/engine/series/change-point.ts";

/** The same noise at every run. */
function noise(length: number, seed = 1): number[] {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  });
}

describe("the change point of a series", () => {
  it("is the first sample of the new level", () => {
    const values = noise(100).map((value, index) => value + (index < 70 ? 10 : 14));
    const found = changePoint(values);
    expect(found?.index).toBe(70);
    expect(found?.before).toBeCloseTo(10, 0);
    expect(found?.after).toBeCloseTo(14, 0);
    expect(found?.size).toBeGreaterThan(5);
    expect(found?.statistic).toBeGreaterThan(1.63);
  });

  it("is not where a single sample is wild", () => {
    const values = noise(100).map((value, index) => value + (index < 50 ? 10 : 14) + (index === 20 ? 1e6 : 0));
    expect(changePoint(values)?.index).toBe(50);
  });

  it("is small in noise alone", () => {
    const found = changePoint(noise(200, 7));
    expect(found?.statistic).toBeLessThan(1.63);
    expect(found?.size).toBeLessThan(1);
  });

  it("is seen in a series that rests, steps once, and rests again", () => {
    expect(changePoint([0, 0, 0, 0, 0, 0, 0, 5, 5, 5])).toMatchObject({
      index: 7,
      before: 0,
      after: 5,
      size: Infinity,
    });
  });

  it("is nowhere in too few samples and in a flat line", () => {
    expect(changePoint([1, 2, 3, 4])).toBeNull();
    expect(changePoint(Array.from({ length: 50 }, () => 3))).toBeNull();
  });
});

describe("Page and Hinkley's test", () => {
  it("grows while values stay to one side, by their sign", () => {
    const up = new PageHinkley();
    const down = new PageHinkley();
    const ups = [2, 2, 2].map((z) => up.add(z));
    const downs = [-2, -2, -2].map((z) => down.add(z));
    expect(ups).toEqual([1.5, 3, 4.5]);
    expect(downs).toEqual([-1.5, -3, -4.5]);
  });

  it("forgets what went back, and all when it is reset", () => {
    const test = new PageHinkley();
    test.add(3);
    expect(test.add(-9)).toBe(-8.5);
    test.reset();
    expect(test.add(0)).toBe(0);
  });
});
