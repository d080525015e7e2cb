import { describe, expect, it } from "vitest";
import {
  clampWindow,
  extentOf,
  NARROWEST,
  padded,
  panned,
  rangeBetween,
  timeAt,
  xOf,
  zoomed,
} from "../../../../src/renderer/timeline/window.ts";

const extent = { from: 0, to: 1_000_000 };

describe("the visible window", () => {
  it("leaves a little room around the data", () => {
    expect(extentOf(1_000_000, 2_000_000)).toEqual({ from: 990_000, to: 2_010_001 });
    expect(extentOf(null, null)).toBeNull();
  });

  it("shows a minute around a single moment", () => {
    const one = extentOf(60_000_000, 60_000_000);
    expect(one).toEqual({ from: 30_000_000, to: 90_000_001 });
  });

  it("keeps the moment under the pointer where it is", () => {
    const window = zoomed({ from: 200_000, to: 600_000 }, extent, 0.5, 300_000);
    expect(window).toEqual({ from: 250_000, to: 450_000 });
  });

  it("is the whole again when it is zoomed out far enough", () => {
    expect(zoomed({ from: 200_000, to: 900_000 }, extent, 2, 500_000)).toBeNull();
  });

  it("is never narrower than the clocks are", () => {
    const window = zoomed({ from: 500_000, to: 500_200 }, extent, 0.001, 500_100);
    expect(window === null ? 0 : window.to - window.from).toBe(NARROWEST);
  });

  it("stops at the ends of the data", () => {
    expect(panned({ from: 100_000, to: 300_000 }, extent, -2)).toEqual({ from: 0, to: 200_000 });
    expect(panned({ from: 700_000, to: 900_000 }, extent, 2)).toEqual({ from: 800_000, to: 1_000_000 });
    expect(clampWindow({ from: -50, to: 2_000_000 }, extent)).toBeNull();
  });

  it("takes a range in whichever direction it was dragged", () => {
    expect(rangeBetween(9.6, 3.2)).toEqual({ from: 3, to: 10 });
    expect(rangeBetween(5, 5)).toEqual({ from: 5, to: 6 });
  });

  it("has a pixel for each time and a time for each pixel", () => {
    const scale = { window: { from: 1_000, to: 2_000 }, left: 100, right: 300 };
    expect(xOf(1_500, scale)).toBe(200);
    expect(timeAt(xOf(1_234, scale), scale)).toBeCloseTo(1_234);
  });

  it("is asked for with more at both sides, in steps, so that a small pan asks nothing new", () => {
    const asked = padded({ from: 1_000, to: 2_000 });
    expect(asked.from).toBeLessThanOrEqual(750);
    expect(asked.to).toBeGreaterThanOrEqual(2_250);
    expect(padded({ from: 1_010, to: 2_010 })).toEqual(asked);
  });
});
