// When a series left its normal: steps, ramps, slow filling, bursts of errors; and when it did not.
import { describe, expect, it } from "vitest";
import { burstOf, passingShiftOf, shiftOf } from "../../../../src/main/engine/suspects/onset/departure.ts";
import type { TimeRange } from "../../../../src/main/engine/suspects/signals.ts";
import { micros } from "../../../../src/shared/units.ts";

const MINUTE = 60_000_000;
const times = Float64Array.from({ length: 120 }, (_, at) => at * MINUTE);
/** Between −1 and 1, always the same. */
const noise = (at: number): number => Math.sin(at * 12.9898) * Math.cos(at * 78.233);
const series = (level: (at: number) => number): Float64Array =>
  Float64Array.from({ length: 120 }, (_, at) => level(at) * (1 + 0.05 * noise(at)));
const range = (from: number, to: number): TimeRange => ({ from: micros(from * MINUTE), to: micros(to * MINUTE) });

describe("the shift of a series", () => {
  it("is where it steps", () => {
    const shift = shiftOf(
      times,
      series((at) => (at < 90 ? 100 : 400)),
      null,
    );
    expect(shift?.time).toBe(90 * MINUTE);
    expect(shift?.after).toBeCloseTo(400, -1);
  });

  it("is the foot of a ramp, not its middle", () => {
    const shift = shiftOf(
      times,
      series((at) => (at < 80 ? 100 : 100 + Math.min(20, at - 80) * 40)),
      null,
    );
    expect((shift?.time ?? 0) / MINUTE).toBeLessThanOrEqual(82);
  });

  it("is where a series begins to fill up, long before it is full", () => {
    const shift = shiftOf(
      times,
      series((at) => (at < 24 ? 200 : 200 + (at - 24) * 10)),
      null,
    );
    expect((shift?.time ?? 0) / MINUTE).toBeLessThan(36);
  });

  it("is none in noise", () => {
    expect(
      shiftOf(
        times,
        series(() => 100),
        null,
      ),
    ).toBeNull();
  });

  it("is none in what is too short, flat, or missing", () => {
    expect(shiftOf(times.subarray(0, 4), series(() => 1).subarray(0, 4), null)).toBeNull();
    expect(shiftOf(times, new Float64Array(120).fill(3), null)).toBeNull();
    expect(shiftOf(times, new Float64Array(120).fill(Number.NaN), null)).toBeNull();
  });

  it("is measured from the baseline where one is given", () => {
    const values = series((at) => (at > 40 && at < 60 ? 900 : at < 90 ? 100 : 300));
    const shift = shiftOf(times, values, { baseline: range(0, 30), incident: range(80, 120) });
    expect(shift?.time).toBe(90 * MINUTE);
  });
});

describe("a burst of errors", () => {
  it("begins with the first of many", () => {
    const events = Float64Array.from({ length: 40 }, (_, at) => (90 + at * 0.5) * MINUTE);
    expect(burstOf(events, [range(0, 120)])?.time).toBe(90 * MINUTE);
  });

  it("stands out of errors that are always there", () => {
    const always = Array.from({ length: 60 }, (_, at) => at * 2 * MINUTE);
    const more = Array.from({ length: 60 }, (_, at) => (100 + at / 3) * MINUTE);
    const shift = burstOf(Float64Array.from([...always, ...more]).sort(), [range(0, 121)]);
    expect(Math.abs((shift?.time ?? 0) / MINUTE - 100)).toBeLessThan(3);
  });

  it("is none where errors come as they always did", () => {
    expect(
      burstOf(
        Float64Array.from({ length: 60 }, (_, at) => at * 2 * MINUTE),
        [range(0, 120)],
      ),
    ).toBeNull();
  });

  it("takes the time between two windows for unseen, not for calm", () => {
    const events = Float64Array.from([1, 2, 3, 4, 5, 6, 61, 62, 63, 64, 65, 66], (at) => at * MINUTE);
    expect(burstOf(events, [range(0, 7), range(60, 67)])).toBeNull();
  });
});

describe("a shift that passes", () => {
  const passing = series((at) => (at >= 70 && at < 80 ? 400 : 100));

  it("is no change of level, and is where it began", () => {
    expect(shiftOf(times, passing, null)).toBeNull();
    expect(passingShiftOf(times, passing)?.time).toBe(70 * MINUTE);
    expect(passingShiftOf(times, passing)?.after).toBeCloseTo(400, -1);
  });

  it("is none where a sample or two stand out, or nothing does", () => {
    expect(
      passingShiftOf(
        times,
        series((at) => (at === 70 ? 4_000 : 100)),
      ),
    ).toBeNull();
    expect(
      passingShiftOf(
        times,
        series(() => 100),
      ),
    ).toBeNull();
    expect(
      passingShiftOf(
        times,
        series((at) => 100 + 30 * Math.sin(at / 10)),
      ),
    ).toBeNull();
  });
});
