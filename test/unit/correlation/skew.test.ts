import { describe, expect, it } from "vitest";
import { clocksOf, type PairOffset } from "../../../src/main/engine/correlation/clocks.ts";
import { boundOf, boundWithin, offsetOf, together, type Bound } from "../../../src/main/engine/correlation/skew.ts";

/** Deterministic and even, 0–1. */
const even = (at: number, step = 0.618_033_988_75): number => (at * step) % 1;
const SECOND = 1_000_000;

/** Log lines of spans of 20–200 ms, by a clock that is `skew` ahead. */
const linesInSpans = (count: number, skew: number): Bound[] =>
  Array.from({ length: count }, (_, at) => {
    const start = at * SECOND;
    const length = 20_000 + even(at) * 180_000;
    const line = start + even(at, 0.754_877) * length + skew;
    return boundWithin({ start: line, end: line }, { start, end: start + length });
  });

describe("the offset of a clock", () => {
  it.each([0, 2_300_000, -750_000, 90_000, 3_600_000_000])("of %d µs is found, and its interval holds it", (skew) => {
    const found = offsetOf(linesInSpans(124, skew), 1_000);
    expect(Math.abs((found?.offset ?? NaN) - skew)).toBeLessThan(15_000);
    expect(found?.low).toBeLessThanOrEqual(skew);
    expect(found?.high).toBeGreaterThanOrEqual(skew);
    expect((found?.high ?? NaN) - (found?.low ?? NaN)).toBeLessThan(100_000);
    expect(found?.ids).toBe(124);
  });

  it("is the intersection where all bounds overlap", () => {
    const bounds = Array.from({ length: 10 }, (_, at) => ({ low: -100 - at, high: 200 + at }));
    expect(offsetOf(bounds, 0)?.offset).toBe(50);
  });

  it("stands while a quarter of the ids lie", () => {
    const wrong = Array.from({ length: 40 }, (_, at) => ({ low: at * SECOND, high: at * SECOND + 10 }));
    const found = offsetOf([...linesInSpans(120, 2 * SECOND), ...wrong], 1_000);
    expect(Math.abs((found?.offset ?? NaN) - 2 * SECOND)).toBeLessThan(30_000);
    expect(found?.agreement).toBeCloseTo(0.75, 1);
  });

  it("is not made of work that goes on later, each time after another while", () => {
    const late = Array.from({ length: 100 }, (_, at) => {
      const line = at * SECOND + even(at) * 10 * SECOND;
      return boundOf({ start: line, end: line }, { start: at * SECOND, end: at * SECOND + 50_000 });
    });
    expect(offsetOf(late, 1_000)).toBeNull();
  });

  it("is not told from a few ids", () => {
    expect(offsetOf(linesInSpans(7, SECOND), 0)).toBeNull();
  });
});

describe("bounds", () => {
  it("of a child that fits let it lie anywhere in its parent", () => {
    expect(boundWithin({ start: 30, end: 60 }, { start: 10, end: 100 })).toEqual({ low: -40, high: 20 });
  });

  it("of what takes longer than what holds it go by its start", () => {
    expect(boundWithin({ start: 30, end: 300 }, { start: 10, end: 100 })).toEqual({ low: 20, high: 20 });
  });

  it("mirror where the other is the longer", () => {
    expect(boundOf({ start: 10, end: 100 }, { start: 30, end: 60 })).toEqual({ low: -20, high: 40 });
  });

  it("of one id hold together, or leave what lies between them", () => {
    expect(
      together([
        { low: 0, high: 9 },
        { low: 4, high: 20 },
      ]),
    ).toEqual({ low: 4, high: 9 });
    expect(
      together([
        { low: 0, high: 3 },
        { low: 5, high: 8 },
      ]),
    ).toEqual({ low: 3, high: 5 });
  });
});

describe("clocks of many sources", () => {
  const pair = (source: number, other: number, offset: number, extra: Partial<PairOffset> = {}): PairOffset => ({
    source,
    other,
    offset,
    low: offset - 10,
    high: offset + 10,
    ids: 50,
    agreement: 1,
    basis: "spans",
    ...extra,
  });

  it("are told against the source that most ids are shared with", () => {
    const clocks = clocksOf([pair(1, 2, 500), pair(3, 2, -2_000)]);
    expect(clocks.map(({ source, reference, offset }) => [source, reference, offset])).toEqual([
      [3, 2, -2_000],
      [1, 2, 500],
    ]);
  });

  it("add up where two sources share ids only by way of a third, and so do their intervals", () => {
    const clocks = clocksOf([pair(1, 2, 500, { ids: 90 }), pair(1, 4, 70), pair(5, 4, 1_000)]);
    const five = clocks.find(({ source }) => source === 5);
    expect(five).toMatchObject({ reference: 1, offset: 930, low: 910, high: 950 });
  });

  it("of parts that share nothing have references of their own", () => {
    expect(clocksOf([pair(1, 2, 5), pair(7, 8, 9)]).map(({ reference }) => reference)).toEqual([7, 1]);
  });
});
