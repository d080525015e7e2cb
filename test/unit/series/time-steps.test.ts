import { expect, it } from "vitest";
import { readSteps, stepsOf } from "../../../src/main/engine/series/time-steps.ts";

const BASE = 1_770_000_000_000_000;

function readBack(times: Float64Array): Float64Array | null {
  const known = stepsOf(times);
  if (known === null) return null;
  const target = new Float64Array(times.length);
  readSteps(known, target);
  return target;
}

it.each([
  ["one time", [0]],
  ["steps of one to four bytes", [0, 127, 255, 16_638, 33_022, 2_130_173, 4_227_325, 272_662_780]],
  ["milliseconds, some at once", [0, 5_000, 5_000, 90_000]],
])("tells %s by their distances", (_, behind) => {
  const times = Float64Array.from(behind, (time) => BASE + time);
  expect(readBack(times)).toEqual(times);
});

it("takes a byte for each of some that follow each other within a hundred milliseconds", () => {
  expect(stepsOf(Float64Array.from({ length: 1_000 }, (_, i) => BASE + i * 100_000))?.steps.length).toBe(999);
});

it.each([
  ["descend", [5, 4]],
  ["lie minutes apart to the microsecond", [0, 400_000_001]],
  ["lie parts of a microsecond apart", [0, 0.5]],
  ["are not told exactly by their distance", [0.1 - BASE, 1.3 - BASE]],
  ["are none", []],
])("does not tell times that %s", (_, behind) => {
  expect(stepsOf(Float64Array.from(behind, (time) => BASE + time))).toBeNull();
});
