import { describe, expect, it } from "vitest";
import { bucketsFor, bucketsIn, countsAt, highest, roundUp, stack } from "../../../../src/renderer/timeline/buckets.ts";

const minute = 60_000_000;
const extent = { from: 0, to: 120 * minute };
const histogram = {
  searched: 1,
  revision: 1,
  from: 0,
  bucketMicros: 10,
  buckets: 3,
  counts: Uint32Array.from([0, 1, 0, 4, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 50]),
  total: 58,
};

describe("buckets", () => {
  it("are round and do not move with the window", () => {
    const asked = bucketsFor({ from: 30 * minute, to: 60 * minute }, extent, 900, 4);
    const next = bucketsFor({ from: 30 * minute + 7_000_000, to: 60 * minute + 7_000_000 }, extent, 900, 4);
    expect((asked.to - asked.from) / asked.buckets).toBe(10_000_000);
    expect((next.to - next.from) / next.buckets).toBe(10_000_000);
    expect((next.from - asked.from) % 10_000_000).toBe(0);
  });

  it("cover the window and a quarter of it or more at both sides, but not more than the data", () => {
    const asked = bucketsFor({ from: 0, to: 60 * minute }, extent, 900, 4);
    expect(asked.from).toBe(0);
    expect(asked.to).toBeGreaterThanOrEqual(75 * minute);
    expect(bucketsFor({ from: 40 * minute, to: 60 * minute }, extent, 900, 4).from).toBeLessThanOrEqual(35 * minute);
    expect(bucketsFor({ from: 100 * minute, to: 120 * minute }, extent, 900, 4).to).toBe(120 * minute);
  });

  it("are the same while the window pans by less than they reach beyond it", () => {
    const asked = Array.from({ length: 60 }, (_, step) => {
      const from = 30 * minute + step * 1_000_000;
      return JSON.stringify(bucketsFor({ from, to: from + 30 * minute }, extent, 900, 4));
    });
    expect(new Set(asked).size).toBeLessThanOrEqual(3);
  });

  it("stay within the contract on any window", () => {
    for (let width = 100; width < 7e15; width *= 11) {
      const asked = bucketsFor({ from: 0, to: width }, { from: 0, to: width }, 2_000, 4);
      expect(asked.buckets).toBeGreaterThanOrEqual(1);
      expect(asked.buckets).toBeLessThanOrEqual(10_000);
      expect(asked.to).toBeGreaterThanOrEqual(Math.min(width, asked.to));
    }
  });

  it("are found by the window and by a moment", () => {
    expect(bucketsIn(histogram, { from: 12, to: 21 })).toEqual([1, 3]);
    expect(bucketsIn(histogram, { from: 400, to: 500 })).toEqual([3, 3]);
    expect(highest(histogram, { from: 0, to: 20 })).toBe(5);
    expect(countsAt(histogram, 25)).toEqual({ from: 20, counts: [2, 0, 1, 0, 50] });
    expect(countsAt(histogram, 31)).toBeNull();
  });

  it("never lose something grave to the scale", () => {
    expect(stack(histogram.counts, 2, 0.01, 2)).toEqual([2, 0, 1, 0, 1]);
  });

  it("have a round top", () => {
    expect([0, 3, 5, 11, 92, 101, 999].map(roundUp)).toEqual([1, 3, 5, 15, 100, 150, 1000]);
  });
});
