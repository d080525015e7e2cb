// Where the incident is looked for when logs and traces were kept of a part of the time only.
import { expect, it } from "vitest";
import type { Departure } from "../../../../src/main/engine/suspects/onset/departure.ts";
import { departuresWithin, keptPart } from "../../../../src/main/engine/suspects/onset/kept-part.ts";
import { findBeginning } from "../../../../src/main/engine/suspects/onset.ts";
import { rankServices } from "../../../../src/main/engine/suspects/services/rank-services.ts";
import { Level, MINUTE, System } from "../services/support.ts";

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

it("is not parted by one signal alone: services are ranked by the windows in which most may have changed", () => {
  const signals = new System()
    .metric("web", "cpu", (minute) => 10 + (minute % 3), 1_440)
    .requests(100, 110, 200, (index) => ({
      service: "web",
      operation: "/",
      lasts: 1_000,
      logs: [index >= 180 ? [Level.error, "no answer"] : [Level.info, "answered"]],
    }))
    .signals();
  const given = { baseline: null, incident: null };
  const { onset, windows } = findBeginning(
    signals,
    given,
    (ranked) => rankServices(signals, ranked),
    () => undefined,
  );
  expect((onset?.time ?? 0) / MINUTE).toBeCloseTo(109, 0);
  expect((windows?.incident.from ?? 0) / MINUTE).toBeCloseTo(105, 0);
});
