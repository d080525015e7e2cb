import { beforeEach, describe, expect, it, vi } from "vitest";
import { RowHover } from "../../../../src/renderer/records/row-hover.ts";

describe("the row under the pointer", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  const hover = (): { readonly row: RowHover; readonly told: (number | null)[] } => {
    const told: (number | null)[] = [];
    return { row: new RowHover((index) => told.push(index)), told };
  };

  it("is told at once where rows stand still", () => {
    const { row, told } = hover();
    row.over(3);
    row.over(4);
    row.over(4);
    row.leave();
    expect(told).toEqual([3, 4, null]);
  });

  it("is told once rows that scroll under it have come to rest, and only the last of them", () => {
    const { row, told } = hover();
    row.over(3);
    for (let step = 1; step <= 20; step += 1) {
      row.scrolled();
      row.over(3 + step);
      vi.advanceTimersByTime(16);
    }
    expect(told).toEqual([3]);
    vi.advanceTimersByTime(200);
    expect(told).toEqual([3, 23]);
  });

  it("says nothing of a list that scrolls without it", () => {
    const { row, told } = hover();
    row.scrolled();
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
  });

  it("is gone at once when the pointer leaves", () => {
    const { row, told } = hover();
    row.over(3);
    row.scrolled();
    row.leave();
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([3, null]);
  });
});
