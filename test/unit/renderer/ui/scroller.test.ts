import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import {
  advance,
  centreRow,
  clampOffset,
  elementHeight,
  lastOffset,
  offsetOf,
  revealRow,
  scrollTopOf,
  TALLEST,
  topOfFirst,
  visibleRows,
} from "../../../../src/renderer/ui/scroller.ts";

const huge = { count: 10_000_000, rowHeight: 22, viewport: 500 };
const small = { count: 1_000, rowHeight: 22, viewport: 500 };

describe("a list taller than an element may be", () => {
  it("never makes a taller element", () => {
    expect(elementHeight(huge)).toBe(TALLEST);
    expect(elementHeight(small)).toBe(22_000);
  });

  it("reaches its first and last row by the scroll bar", () => {
    expect(offsetOf(0, huge)).toBe(0);
    expect(offsetOf(TALLEST - 500, huge)).toBe(lastOffset(huge));
    expect(visibleRows(lastOffset(huge), huge).end).toBe(10_000_000);
  });

  it("has every place of the list where the bar says it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lastOffset(huge) }), (offset) => {
        expect(Math.abs(offsetOf(scrollTopOf(offset, huge), huge) - offset)).toBeLessThan(1);
      }),
    );
  });
});

describe("a list of ordinary length", () => {
  it("scrolls by true pixels", () => {
    expect(offsetOf(440, small)).toBe(440);
    expect(scrollTopOf(440, small)).toBeCloseTo(440);
  });

  it("shows the rows that touch the viewport", () => {
    expect(visibleRows(0, small)).toEqual({ first: 0, end: 23 });
    expect(visibleRows(21, small)).toEqual({ first: 0, end: 24 });
    expect(visibleRows(0, { ...small, count: 3 })).toEqual({ first: 0, end: 3 });
    expect(visibleRows(0, { ...small, count: 0 })).toEqual({ first: 0, end: 0 });
  });

  it("scrolls as little as shows a row whole", () => {
    expect(revealRow(5, 0, small)).toBe(0);
    expect(revealRow(30, 0, small)).toBe(31 * 22 - 500);
    expect(revealRow(0, 900, small)).toBe(0);
    expect(revealRow(40, 900, small, 2)).toBe(38 * 22);
  });

  it("centres a row, as far as there are rows around it", () => {
    expect(centreRow(500, small)).toBe(500 * 22 - 239);
    expect(centreRow(0, small)).toBe(0);
    expect(centreRow(999, small)).toBe(lastOffset(small));
  });

  it("does not scroll when all rows fit", () => {
    const few = { ...small, count: 3 };
    expect(clampOffset(100, few)).toBe(0);
    expect(offsetOf(40, few)).toBe(0);
    expect(scrollTopOf(40, few)).toBe(0);
  });
});

describe("rows of uneven heights", () => {
  const tall = (index: number): number => (index % 3 === 0 ? 90 : 22);
  const uneven = { ...small, heightOf: tall };
  const hugeUneven = { ...huge, heightOf: tall };

  it("move by true pixels, and back to where they stood", () => {
    expect(advance(0, 90 + 22 + 11, uneven)).toBe(2.5 * 22);
    expect(advance(2.5 * 22, -90 - 22 - 11, uneven)).toBe(0);
    expect(advance(0, -40, uneven)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 800 }), fc.integer({ min: -3_000, max: 3_000 }), (row, pixels) => {
        expect(advance(advance(row * 22, pixels, uneven), -pixels, uneven)).toBeCloseTo(row * 22, 5);
      }),
    );
  });

  it("end with the last row at the bottom, however many there are", () => {
    for (const geometry of [uneven, hugeUneven]) {
      const last = lastOffset(geometry);
      expect(visibleRows(last, geometry).end).toBe(geometry.count);
      let bottom = topOfFirst(last, geometry);
      for (let row = visibleRows(last, geometry).first; row < geometry.count; row += 1) bottom += tall(row);
      expect(bottom).toBeCloseTo(geometry.viewport, 3);
      expect(offsetOf(elementHeight(geometry) - geometry.viewport, geometry)).toBeCloseTo(last, 5);
    }
  });

  it("scroll by the bar where a few of them are taller than the screen", () => {
    const few = { count: 4, rowHeight: 22, viewport: 500, heightOf: () => 200 };
    expect(elementHeight(few)).toBeGreaterThan(500);
    expect(visibleRows(0, few)).toEqual({ first: 0, end: 3 });
    expect(visibleRows(lastOffset(few), few)).toEqual({ first: 1, end: 4 });
    expect(elementHeight({ ...few, count: 2 })).toBe(500);
  });

  it("come into sight whole, or with their top where they are taller than the screen", () => {
    const offset = revealRow(30, 0, uneven);
    expect(visibleRows(offset, uneven).end).toBe(31);
    expect(revealRow(0, 20, uneven)).toBe(0);
    expect(revealRow(1, 0, { count: 4, rowHeight: 22, viewport: 100, heightOf: () => 300 })).toBe(22);
  });
});
