import { describe, expect, it } from "vitest";
import { timeTicks, valueTicks } from "../../../../src/renderer/timeline/ticks.ts";

const at = (iso: string): number => Date.parse(iso) * 1000;
const labels = (from: string, to: string, most: number, zone = "UTC"): readonly string[] =>
  timeTicks({ from: at(from), to: at(to) }, most, zone).map(({ label }) => label);

describe("ticks of time", () => {
  it("stand on round clocks", () => {
    expect(labels("2026-06-20T14:02:10Z", "2026-06-20T14:31:40Z", 6)).toEqual([
      "14:05",
      "14:10",
      "14:15",
      "14:20",
      "14:25",
      "14:30",
    ]);
    expect(labels("2026-06-20T14:02:00.9Z", "2026-06-20T14:02:03.1Z", 3)).toEqual(["14:02:01", "14:02:02", "14:02:03"]);
  });

  it("stand on round clocks of the zone, even of half an hour", () => {
    expect(labels("2026-06-20T00:00:00Z", "2026-06-20T04:00:00Z", 4, "Asia/Kolkata")).toEqual([
      "06:00",
      "07:00",
      "08:00",
      "09:00",
    ]);
  });

  it("show fractions where the window is narrow", () => {
    const ticks = timeTicks({ from: 1_000_000, to: 1_000_500 }, 5, "UTC").map(({ label }) => label);
    expect(ticks).toEqual([
      "00:00:01.000000",
      "00:00:01.000100",
      "00:00:01.000200",
      "00:00:01.000300",
      "00:00:01.000400",
    ]);
  });

  it("name the day at midnight", () => {
    const ticks = timeTicks({ from: at("2026-06-20T20:00:00Z"), to: at("2026-06-21T05:00:00Z") }, 4, "UTC");
    expect(ticks.map(({ label }) => label)).toEqual(["21:00", "21 Jun", "03:00"]);
    expect(ticks[1]?.strong).toBe(true);
  });

  it("stay on midnight when the clocks change", () => {
    const from = at("2026-03-28T12:00:00Z");
    const ticks = timeTicks({ from, to: at("2026-03-31T12:00:00Z") }, 4, "Europe/Berlin");
    expect(ticks.map(({ time }) => new Date(time / 1000).toISOString())).toEqual([
      "2026-03-28T23:00:00.000Z",
      "2026-03-29T22:00:00.000Z",
      "2026-03-30T22:00:00.000Z",
    ]);
  });

  it("go by the calendar for months and years", () => {
    expect(labels("2025-10-15T00:00:00Z", "2026-04-02T00:00:00Z", 6)).toEqual([
      "Nov",
      "Dec",
      "2026",
      "Feb",
      "Mar",
      "Apr",
    ]);
    expect(labels("2024-06-01T00:00:00Z", "2027-02-01T00:00:00Z", 3)).toEqual(["2025", "2026", "2027"]);
  });

  it("are never more than there is room for", () => {
    for (let width = 500; width < 1e15; width *= 3.7) {
      const ticks = timeTicks(
        { from: at("2026-06-20T01:23:45Z"), to: at("2026-06-20T01:23:45Z") + width },
        8,
        "America/New_York",
      );
      expect(ticks.length).toBeLessThanOrEqual(10);
    }
  });
});

describe("ticks of values", () => {
  it("are round", () => {
    expect(valueTicks(0, 0.71, 2)).toEqual([0, 0.5]);
    expect(valueTicks(0, 100, 4)).toEqual([0, 50, 100]);
    expect(valueTicks(-3, 3, 3)).toEqual([-2, 0, 2]);
  });

  it("are the value itself where there is only one", () => expect(valueTicks(5, 5, 3)).toEqual([5]));
});
