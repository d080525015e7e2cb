import { describe, expect, it } from "vitest";
import { Tail, TwoSidedTail } from "../../../src/main/engine/series/tail.ts";
import { noise } from "./support/noise.ts";

const filled = (magnitudes: readonly number[], horizon = 1e6): Tail => {
  const tail = new Tail(horizon);
  for (const magnitude of magnitudes) tail.add(magnitude);
  return tail;
};

describe("the tail of magnitudes", () => {
  it("says −log10 of the share that were as large", () => {
    const tail = filled(Array.from({ length: 1_000 }, (_, index) => index + 1));
    // Bins are 19 % wide.
    expect(tail.surprise(500)).toBeCloseTo(Math.log10(2), 1);
    expect(tail.surprise(900)).toBeCloseTo(1, 0.5);
    expect(tail.surprise(1)).toBeCloseTo(0, 1);
  });

  it("grows beyond everything seen, the slower the wilder the series is", () => {
    const calm = filled(noise(2_000, 0, 1).map(Math.abs));
    const wild = filled(noise(2_000, 0, 1).map((value) => 1 / Math.max(0.001, Math.abs(value))));
    expect(calm.surprise(4)).toBeGreaterThan(calm.surprise(2));
    expect(calm.surprise(4)).toBeGreaterThan(4);
    expect(wild.surprise(4)).toBeLessThan(1);
    expect(calm.surprise(1e300)).toBe(12);
  });

  it("is used to what came often", () => {
    const before = filled(noise(1_000, 1, 0.5));
    const after = filled([...noise(1_000, 1, 0.5), ...Array<number>(30).fill(50)]);
    expect(before.surprise(50)).toBeGreaterThan(5);
    expect(after.surprise(50)).toBeLessThan(3);
  });

  it("forgets what is far behind", () => {
    const tail = filled([...Array<number>(50).fill(100), ...noise(2_000, 1, 0.5)], 200);
    expect(tail.surprise(100)).toBeGreaterThan(3);
  });

  it("says nothing while it knows nothing, and of no magnitude at all", () => {
    expect(filled([1, 2, 3]).surprise(1e9)).toBe(0);
    expect(filled(noise(100, 1, 0.5)).surprise(0)).toBe(0);
    expect(filled(Array<number>(99).fill(0)).surprise(5)).toBeCloseTo(2);
  });

  it.each([Number.MIN_VALUE, 1e-300, 1e150, 1e300])("holds magnitudes as far apart as 1 and %d", (magnitude) => {
    const tail = filled([...Array<number>(100).fill(1), ...Array<number>(100).fill(magnitude)]);
    expect(tail.surprise(1)).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(tail.surprise(magnitude))).toBe(true);
  });

  it("keeps its meaning when its weights have outgrown a number", () => {
    const tail = filled(noise(100_000, 1, 0.5), 100);
    expect(tail.surprise(1)).toBeCloseTo(Math.log10(2), 1);
  });
});

describe("tails to both sides", () => {
  it("are told apart: who often leaps up is still surprising when it falls", () => {
    const tail = new TwoSidedTail(1e6);
    for (const value of noise(1_000, 0, 1)) tail.take(value);
    for (let leap = 0; leap < 100; leap++) tail.take(50);
    expect(tail.take(50)).toBeLessThan(2);
    expect(tail.take(-50)).toBeGreaterThan(5);
  });

  it("reach as far as all but a share of the earlier deviations, without the last one", () => {
    const tail = new TwoSidedTail(1e6);
    for (const value of noise(500, 0, 1)) tail.take(value);
    const before = tail.reach(0.01);
    tail.take(1_000);
    const after = tail.reach(0.01);
    expect(before.up).toBeGreaterThan(0.8);
    expect(before.up).toBeLessThan(1.3);
    expect(after.up).toBeCloseTo(before.up, 1);
    expect(before.down).toBeGreaterThan(0.8);
  });
});
