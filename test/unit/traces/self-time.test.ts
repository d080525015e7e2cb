import { describe, expect, it } from "vitest";
import { NO_PARENT } from "../../../src/main/engine/traces/children.ts";
import { selfTimes } from "../../../src/main/engine/traces/self-time.ts";

/** Spans as [start, duration, parent]. */
const selfOf = (...spans: readonly (readonly [number, number, number])[]): number[] =>
  Array.from(
    selfTimes({
      start: Float64Array.from(spans, ([start]) => start),
      duration: Float64Array.from(spans, ([, duration]) => duration),
      parent: Uint32Array.from(spans, ([, , parent]) => parent),
    }),
  );

describe("self time", () => {
  it("is the whole duration of a span without children", () => {
    expect(selfOf([5, 10, NO_PARENT])).toEqual([10]);
  });

  it("leaves out the time in which a child runs", () => {
    expect(selfOf([0, 100, NO_PARENT], [10, 20, 0], [50, 30, 0])).toEqual([50, 20, 30]);
  });

  it("counts children that run side by side once", () => {
    expect(selfOf([0, 100, NO_PARENT], [10, 40, 0], [20, 10, 0], [30, 40, 0])).toEqual([40, 40, 10, 40]);
  });

  it("finds siblings that do not come by their start", () => {
    expect(selfOf([30, 40, 2], [10, 40, 2], [0, 100, NO_PARENT])).toEqual([40, 40, 40]);
  });

  it("counts a child only as far as it lies within its parent", () => {
    expect(selfOf([100, 50, NO_PARENT], [90, 20, 0], [140, 500, 0], [400, 10, 0])).toEqual([30, 20, 500, 10]);
  });

  it("does not count the time of grandchildren twice", () => {
    expect(selfOf([0, 100, NO_PARENT], [20, 60, 0], [30, 40, 1])).toEqual([40, 20, 40]);
  });

  it("is zero, and never below, where children fill the span or it has no duration", () => {
    expect(selfOf([0, 10, NO_PARENT], [0, 10, 0], [5, 0, 1], [5, 3, 2])).toEqual([0, 10, 0, 3]);
    expect(selfOf([0, Number.NaN, NO_PARENT], [0, 10, 0])).toEqual([0, 10]);
  });

  it("bears a span that is its own parent, and a parent that is not there", () => {
    expect(selfOf([0, 10, 0], [0, 4, 77])).toEqual([10, 4]);
  });
});
