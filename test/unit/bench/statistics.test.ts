import { describe, expect, it } from "vitest";
import { median, percentile } from "../../../scripts/bench/statistics.mjs";

describe("the middle of measurements", () => {
  it("is the middle one of an odd number, as numbers and not as text", () => {
    expect(median([100, 9, 20])).toBe(20);
  });

  it("lies between the two middle ones of an even number", () => {
    expect(median([1, 100, 3, 2])).toBe(2.5);
  });

  it("is not moved by one run that was disturbed", () => {
    expect(median([10, 11, 9000, 10, 11])).toBe(11);
  });

  it("leaves the measurements in their order, and is NaN without any", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect(median([])).toBeNaN();
  });
});

describe("a percentile", () => {
  it("is the nearest rank: of 20 waits, 95 percent is the 19th", () => {
    const waits = Array.from({ length: 20 }, (_, i) => 20 - i);
    expect(percentile(waits, 95)).toBe(19);
    expect(percentile(waits, 100)).toBe(20);
  });

  it("is the smallest at zero and NaN of nothing", () => {
    expect(percentile([5, 4], 0)).toBe(4);
    expect(percentile([], 95)).toBeNaN();
  });
});
