import { describe, expect, it } from "vitest";
import { timeOrder } from "../../../src/main/engine/series/time-order.ts";

/** What a stable sort says. */
const sorted = (times: readonly number[]): number[] =>
  times.map((_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);

/** Numbers that look random and are the same each time (Lehmer). */
function scattered(length: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length }, () => (state = (state * 48_271) % 0x7fff_ffff));
}

describe("the order of time", () => {
  it.each([[[]], [[5]], [[1, 1, 2]]])("of %j is the one they stand in", (times) => {
    expect(timeOrder(Float64Array.from(times))).toBeNull();
  });

  it("keeps what happened at once as it stands", () => {
    expect([...(timeOrder(Float64Array.of(2, 1, 2, 1)) ?? [])]).toEqual([1, 3, 0, 2]);
  });

  it.each([
    ["nearly in order", scattered(2_000, 7).map((noise, index) => index * 10 + (noise % 40))],
    ["one file after the other", [...Array(500).keys(), ...Array(500).keys()]],
    ["backwards", Array.from({ length: 1_000 }, (_, index) => -index)],
    ["all over the place", scattered(1_000, 11).map((noise) => noise % 100)],
    ["in order but for the first, which comes last", [9_999, ...Array(300).keys()]],
  ])("is found where they come %s", (_, times) => {
    expect([...(timeOrder(Float64Array.from(times)) ?? [])]).toEqual(sorted(times));
  });
});
