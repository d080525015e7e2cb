import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  centreRow,
  clampOffset,
  elementHeight,
  lastOffset,
  offsetOf,
  revealRow,
  scrollTopOf,
  TALLEST,
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
