import { describe, expect, it } from "vitest";
import {
  compareLevels,
  compareQuantiles,
  compareRates,
  compareShares,
  dispersionOf,
} from "../../../src/main/engine/compare/effect.ts";

const rising = (count: number, from: number, to: number): Float64Array =>
  Float64Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1));

describe("rates", () => {
  it("are one where counts follow the time that was watched", () => {
    const effect = compareRates({ count: 100, time: 10 }, { count: 1_000, time: 100 });
    expect(effect.doublings).toBeCloseTo(0, 1);
    expect(effect).toMatchObject({ atLeast: 0 });
    expect(effect.chance).toBeGreaterThan(0.9);
  });

  it("double by one, and the more is counted the more of it is certain", () => {
    const few = compareRates({ count: 20, time: 1 }, { count: 40, time: 1 });
    const many = compareRates({ count: 20_000, time: 1 }, { count: 40_000, time: 1 });
    expect(few.doublings).toBeCloseTo(1, 1);
    expect(many.doublings).toBeCloseTo(1, 3);
    expect(few.atLeast).toBeLessThan(0.2);
    expect(many.atLeast).toBeGreaterThan(0.95);
    expect(many.low).toBeLessThan(2);
    expect(many.high).toBeGreaterThan(2);
  });

  it("give what is new a bound by how often it came, and what is gone its mirror image", () => {
    const once = compareRates({ count: 0, time: 1 }, { count: 1, time: 1 });
    const often = compareRates({ count: 0, time: 1 }, { count: 5_000, time: 1 });
    const gone = compareRates({ count: 5_000, time: 1 }, { count: 0, time: 1 });
    expect(once.atLeast).toBe(0);
    expect(often.atLeast).toBeGreaterThan(9);
    expect(gone.atLeast).toBeCloseTo(-often.atLeast, 6);
  });

  it("hold the G² of a published example: 10 against 30 in equal times is 10.46", () => {
    const { chance } = compareRates({ count: 10, time: 1 }, { count: 30, time: 1 });
    // χ² with one degree of freedom beyond 10.465.
    expect(chance).toBeCloseTo(0.001_217, 5);
  });

  it("weigh what comes in bursts by its bursts", () => {
    const bursts = dispersionOf([0, 0, 100, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 100, 0]);
    const single = dispersionOf([18, 21, 19, 22, 17, 20, 18, 19, 21, 20, 19, 18, 20, 21, 19, 22]);
    expect(bursts).toBeGreaterThan(60);
    expect(single).toBe(1);
    const counts = [
      { count: 300, time: 1 },
      { count: 400, time: 1 },
    ] as const;
    expect(compareRates(...counts, single).atLeast).toBeGreaterThan(0);
    expect(compareRates(...counts, bursts).atLeast).toBe(0);
  });

  it("say nothing of windows without length", () => {
    expect(compareRates({ count: 3, time: 0 }, { count: 9, time: 1 })).toMatchObject({ atLeast: 0, chance: 1 });
  });
});

describe("shares", () => {
  it("are compared by their odds", () => {
    const { doublings, atLeast } = compareShares({ count: 1_000, of: 3_000 }, { count: 2_000, of: 3_000 });
    expect(doublings).toBeCloseTo(2, 2);
    expect(atLeast).toBeGreaterThan(1.7);
    expect(atLeast).toBeLessThan(2);
  });

  it("differ for nobody on nothing", () => {
    expect(compareShares({ count: 0, of: 0 }, { count: 3, of: 3 }).atLeast).toBe(0);
  });
});

describe("latencies", () => {
  it("differ by the ratio of a quantile, with an interval that holds it", () => {
    const { doublings, atLeast, low, high } = compareQuantiles(
      rising(1_000, 90_000, 110_000),
      rising(1_000, 390_000, 410_000),
      0.5,
    );
    expect(doublings).toBeCloseTo(2, 2);
    expect(atLeast).toBeGreaterThan(1.9);
    expect(low).toBeLessThan(4);
    expect(high).toBeGreaterThan(4);
  });

  it("have no 95th percentile of ten values", () => {
    expect(compareQuantiles(rising(10, 1, 2), rising(10, 100, 200), 0.95)).toMatchObject({ atLeast: 0, chance: 1 });
    expect(compareQuantiles(rising(10, 1_000, 2_000), rising(10, 100_000, 200_000), 0.5).atLeast).toBeGreaterThan(0);
  });
});

describe("levels of series", () => {
  const noisy = (level: number, count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, at) => level + ((at * 7_919) % 11) - 5);

  it("shift by their distance in the spread", () => {
    const shift = compareLevels(noisy(100, 60), noisy(140, 60));
    expect(shift?.before).toBe(100);
    expect(shift?.after).toBe(140);
    expect(shift?.sigmas).toBeGreaterThan(8);
    expect(shift?.atLeast).toBeGreaterThan(0.3);
    expect(shift?.doublings).toBeCloseTo(Math.log2(140 / 100), 1);
    expect(compareLevels(noisy(100, 60), noisy(100, 60))?.atLeast).toBe(0);
  });

  it("are less certain the more each sample follows the one before", () => {
    const walk = (from: number): Float64Array =>
      Float64Array.from({ length: 60 }, (_, at) => from + 5 * Math.sin(at / 10));
    const independent = compareLevels(noisy(100, 60), noisy(104, 60));
    const following = compareLevels(walk(100), walk(104));
    expect(following?.chance).toBeGreaterThan(independent?.chance ?? 1);
  });

  it("tell of a series that was flat that it moved, and nothing of one that is", () => {
    const flat = (value: number): Float64Array => new Float64Array(20).fill(value);
    expect(compareLevels(flat(3), flat(9))?.atLeast).toBeCloseTo(Math.log2(3), 1);
    expect(compareLevels(flat(9), flat(3))?.atLeast).toBeCloseTo(-Math.log2(3), 1);
    expect(compareLevels(flat(0), flat(9))?.atLeast).toBeGreaterThan(5);
    expect(compareLevels(flat(0), flat(0))).toBeNull();
    expect(compareLevels(flat(3), flat(9).subarray(0, 2))).toBeNull();
  });
});
