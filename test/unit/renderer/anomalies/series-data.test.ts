import { describe, expect, it } from "vitest";
import {
  around,
  drawn,
  extentOf,
  isCounter,
  valueExtent,
  withinExtent,
} from "../../../../src/renderer/anomalies/series-data.ts";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const every = (count: number, value: (at: number) => number) => ({
  times: Float64Array.from({ length: count }, (_, at) => at * 10 * SECOND),
  values: Float64Array.from({ length: count }, (_, at) => value(at)),
});

describe("a series as it is drawn", () => {
  it("shows a counter as its growth a second, and a restart from zero", () => {
    const total = every(200, (at) => (at < 150 ? at * 20 : (at - 150) * 20 + 5));
    expect(isCounter(total.values)).toBe(true);
    const { values, perSecond } = drawn(total);
    expect(perSecond).toBe(true);
    expect(values.slice(0, 3)).toEqual([2, 2, 2]);
    expect(values[150]).toBe(0.5);
  });

  it("leaves a gauge as it is, and holes as holes", () => {
    const gauge = every(4, (at) => (at === 2 ? Number.NaN : at % 2));
    expect(drawn(gauge)).toMatchObject({ values: [0, 1, null, 1], perSecond: false });
  });

  it("does not divide by no time", () => {
    const twice = { times: Float64Array.of(0, 0, SECOND), values: Float64Array.of(1, 2, 3) };
    expect(drawn(twice, true).values).toEqual([null, null, 1]);
  });

  it("may be empty", () => {
    expect(drawn({ times: new Float64Array(0), values: new Float64Array(0) }, true).values).toEqual([]);
  });
});

describe("the stretch around an anomaly", () => {
  it("shows three times its length on either side, and at least ten minutes", () => {
    expect(around({ time: 60 * MINUTE, endTime: 70 * MINUTE }, null)).toEqual({ from: 30 * MINUTE, to: 100 * MINUTE });
    expect(around({ time: 60 * MINUTE, endTime: 60 * MINUTE }, null)).toEqual({ from: 50 * MINUTE, to: 70 * MINUTE });
  });

  it("ends where the case does, but holds the anomaly always", () => {
    const limits = { from: 55 * MINUTE, to: 62 * MINUTE };
    expect(around({ time: 60 * MINUTE, endTime: 60 * MINUTE }, limits)).toEqual(limits);
    const later = around({ time: 90 * MINUTE, endTime: 91 * MINUTE }, limits);
    expect(later.from).toBeLessThanOrEqual(90 * MINUTE);
    expect(later.to).toBeGreaterThan(91 * MINUTE);
  });
});

describe("the ends of a series", () => {
  it("cut off what has no samples before or after", () => {
    const extent = extentOf({ times: Float64Array.of(100, 150, 200) });
    expect(extent).toEqual({ from: 100, to: 200 });
    expect(withinExtent({ from: 0, to: 160 }, { from: 100, to: 200 })).toEqual({ from: 100, to: 160 });
    expect(withinExtent({ from: 120, to: 900 }, { from: 100, to: 200 })).toEqual({ from: 120, to: 200 });
  });

  it("leave a range alone that lies beyond them", () => {
    expect(withinExtent({ from: 300, to: 400 }, { from: 100, to: 200 })).toEqual({ from: 300, to: 400 });
  });

  it("are a microsecond apart for one sample, and none without samples", () => {
    expect(extentOf({ times: Float64Array.of(7) })).toEqual({ from: 7, to: 8 });
    expect(extentOf({ times: new Float64Array(0) })).toBeNull();
  });
});

describe("the values on the axis", () => {
  it("hold the curve and the band, and do not go below zero for what is never negative", () => {
    const { least, most } = valueExtent([10, null, 20], { least: -5, most: 50 });
    expect(least).toBe(0);
    expect(most).toBeGreaterThan(50);
  });

  it("go below zero for what does", () => {
    expect(valueExtent([-10, 20], null).least).toBeLessThan(-10);
  });

  it("have a height when the curve is flat, and without any value", () => {
    const flat = valueExtent([5, 5], null);
    expect(flat.most).toBeGreaterThan(flat.least);
    expect(valueExtent([null], null)).toEqual({ least: 0, most: 1 });
    expect(valueExtent([], { least: Number.NaN, most: Number.NaN })).toEqual({ least: 0, most: 1 });
  });
});
