// Where the incident is looked for when logs and traces were kept of a part of the time only.
import { expect, it } from "vitest";
import type { Departure } from "../../../../src/main/engine/suspects/onset/departures.ts";
import { departuresWithin, keptPart } from "../../../../src/main/engine/suspects/onset/kept-part.ts";
import { MINUTE, System } from "../services/support.ts";

const day = { from: 0, to: 1_440 * MINUTE };
const system = (...parts: readonly (readonly [from: number, to: number])[]): System => {
  const made = new System();
  for (const [from, to] of parts) made.requests(from, to, 20, () => ({ service: "web", operation: "/", lasts: 1_000 }));
  return made;
};

it("is the last part of the logs and traces", () => {
  const { from, to } = keptPart(system([100, 102], [160, 163]).signals(), day);
  expect(from / MINUTE).toBeCloseTo(160, 0);
  expect(to).toBeLessThan(163 * MINUTE);
});

it("is what follows the first fifth of the only part, which tells what is normal", () => {
  const { from } = keptPart(system([100, 110]).signals(), day);
  expect(from / MINUTE).toBeGreaterThan(101.5);
  expect(from / MINUTE).toBeLessThan(102.5);
});

it("is all of the time where logs and traces are of most of it, or of none", () => {
  expect(keptPart(system([0, 1_000]).signals(), day)).toBe(day);
  expect(keptPart(new System().signals(), day)).toBe(day);
});

it("leaves aside what departed outside of it, unless nothing departed inside", () => {
  const [before, inside] = [5, 20].map((time) => ({ time: time * MINUTE }) as Departure);
  const part = { from: 10 * MINUTE, to: 30 * MINUTE };
  if (before === undefined || inside === undefined) throw new Error("two were made");
  expect(departuresWithin([before, inside], part)).toEqual([inside]);
  expect(departuresWithin([before], part)).toEqual([before]);
});
