import { describe, expect, it } from "vitest";
import { tickLabel, tickStep, timeTicks } from "../../../../src/renderer/anomalies/time-ticks.ts";

const at = (text: string): number => Date.parse(text) * 1_000;
const MINUTE = 60_000_000;
const labels = (from: string, to: string, most: number, zone: string): string[] =>
  timeTicks(at(from), at(to), most, zone).map((time) => tickLabel(time, tickStep(at(to) - at(from), most), zone));

describe("the time axis", () => {
  it("has round clocks", () => {
    expect(labels("2026-06-20T09:03:00Z", "2026-06-20T10:03:00Z", 4, "UTC")).toEqual([
      "09:15",
      "09:30",
      "09:45",
      "10:00",
    ]);
  });

  it("has clocks that are round in the zone, also where it is half an hour off", () => {
    expect(labels("2026-06-20T00:00:00Z", "2026-06-20T12:00:00Z", 4, "Asia/Kolkata")).toEqual([
      "06:00",
      "09:00",
      "12:00",
      "15:00",
    ]);
  });

  it("says the day where it begins", () => {
    expect(labels("2026-06-20T20:00:00Z", "2026-06-21T04:00:00Z", 4, "UTC")).toEqual([
      "20:00",
      "22:00",
      "21 Jun",
      "02:00",
      "04:00",
    ]);
    expect(labels("2026-06-01T00:00:00Z", "2026-06-09T00:00:00Z", 8, "UTC").slice(0, 2)).toEqual(["1 Jun", "2 Jun"]);
  });

  it("goes below the second", () => {
    expect(labels("2026-06-20T00:00:01Z", "2026-06-20T00:00:01.010Z", 2, "UTC")).toEqual([
      "00:00:01.000",
      "00:00:01.005",
      "00:00:01.010",
    ]);
  });

  it("is bounded for centuries and empty without a stretch", () => {
    expect(timeTicks(0, at("2200-01-01T00:00:00Z"), 6, "UTC").length).toBeLessThanOrEqual(7);
    expect(timeTicks(MINUTE, MINUTE, 5, "UTC")).toEqual([]);
    expect(timeTicks(0, MINUTE, 0, "UTC")).toEqual([]);
  });
});
