import { describe, expect, it } from "vitest";
import {
  formatClock,
  formatDate,
  formatMoment,
  formatRange,
  fromCivil,
  neededDigits,
} from "../../../../src/shared/text/time.ts";
import { isZone, offsetLabel, offsetMinutes, zoneLabel } from "../../../../src/shared/text/zone.ts";

const at = (iso: string, micros = 0): number => Date.parse(iso) * 1000 + micros;

describe("times in a zone", () => {
  it("writes as many decimals as the source has", () => {
    const time = at("2026-06-20T14:03:11.207Z", 413);
    expect(formatClock(time, "UTC")).toBe("14:03:11.207");
    expect(formatClock(time, "UTC", 6)).toBe("14:03:11.207413");
    expect(formatClock(time, "UTC", 9, 7)).toBe("14:03:11.207413007");
    expect(formatClock(time, "UTC", 0)).toBe("14:03:11");
  });

  it("says the zone with the moment", () => {
    expect(formatMoment(at("2026-06-20T22:30:00Z"), "Europe/Berlin", 0)).toBe("2026-06-21 00:30:00 UTC+2");
    expect(formatMoment(at("2026-01-20T02:30:00Z"), "America/St_Johns", 0)).toBe("2026-01-19 23:00:00 UTC−3:30");
  });

  it("keeps its date before the epoch", () => {
    expect(formatDate(-1, "UTC")).toBe("1969-12-31");
    expect(formatClock(-1, "UTC", 6)).toBe("23:59:59.999999");
  });

  it("names the dates of a range only where they differ", () => {
    expect(formatRange(at("2026-06-20T14:02:10Z"), at("2026-06-20T14:31:40Z"), "UTC")).toBe(
      "20 Jun, 14:02:10–14:31:40",
    );
    expect(formatRange(at("2026-06-20T23:00:00Z"), at("2026-06-21T01:00:00Z"), "UTC")).toBe(
      "20 Jun, 23:00:00 – 21 Jun, 01:00:00",
    );
    expect(formatRange(at("1970-01-01T00:00:00Z"), at("2026-06-21T01:00:00Z"), "UTC")).toBe("1970-01-01 – 2026-06-21");
  });

  it("finds how many decimals a time needs", () => {
    expect(neededDigits(at("2026-06-20T14:02:10Z"))).toBe(0);
    expect(neededDigits(at("2026-06-20T14:02:10.5Z"))).toBe(3);
    expect(neededDigits(at("2026-06-20T14:02:10.5Z", 1))).toBe(6);
  });

  it("reads a clock back in its zone, on both sides of a change of offset", () => {
    const parts = { year: 2026, month: 3, hour: 1, minute: 30, second: 0, micros: 7 };
    expect(fromCivil({ ...parts, day: 29 }, "Europe/Berlin")).toBe(at("2026-03-29T00:30:00Z", 7));
    expect(fromCivil({ ...parts, day: 29, hour: 3 }, "Europe/Berlin")).toBe(at("2026-03-29T01:30:00Z", 7));
  });
});

describe("zones", () => {
  it("follow their own calendar of offsets", () => {
    expect(offsetMinutes(Date.parse("2026-03-29T00:59:00Z"), "Europe/Berlin")).toBe(60);
    expect(offsetMinutes(Date.parse("2026-03-29T01:01:00Z"), "Europe/Berlin")).toBe(120);
    expect(offsetMinutes(0, "UTC")).toBe(0);
  });

  it("are known or not", () => {
    expect(isZone("America/New_York")).toBe(true);
    expect(isZone("Mars/Olympus")).toBe(false);
  });

  it("have short names", () => {
    expect(zoneLabel("America/New_York")).toBe("New York");
    expect(offsetLabel(345)).toBe("UTC+5:45");
    expect(offsetLabel(0)).toBe("UTC");
  });
});
