import fc from "../../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { TimeReader } from "../../../../../src/main/engine/formats/support/time/reader.ts";
import { formatTimestamp } from "../../../../../src/shared/time-text.ts";
import { micros } from "../../../../../src/shared/units.ts";

const NOW = micros(Date.UTC(2026, 5, 20, 12) * 1_000);
const reader = (zone = "UTC"): TimeReader => new TimeReader({ zone, now: NOW });

function read(text: string, zone?: string): string | null {
  const times = reader(zone);
  if (!times.whole(text)) return null;
  return times.time === null ? "no time" : formatTimestamp(times.time.micros, times.time.nanos, times.time.digits);
}

describe("times", () => {
  it.each([
    ["2026-06-18T14:00:14Z", "2026-06-18T14:00:14Z"],
    ["2026-06-18 14:00:14,672", "2026-06-18T14:00:14.672Z"],
    ["2026-06-18T14:00:14.123456789+05:30", "2026-06-18T08:30:14.123456789Z"],
    ["2026-06-18T14:00:14.1234567891234Z", "2026-06-18T14:00:14.123456789Z"],
    ["2026-06-18T14:00:14.50-0800", "2026-06-18T22:00:14.50Z"],
    ["2026-06-18T14:00+02", "2026-06-18T12:00:00Z"],
    ["20260618T140014Z", "2026-06-18T14:00:14Z"],
    ["2026-06-18", "2026-06-18T00:00:00Z"],
    ["2026/06/09 10:00:00", "2026-06-09T10:00:00Z"],
    ["Fri, 12 Jun 2026 10:30:00 +0200", "2026-06-12T08:30:00Z"],
    ["Fri Jun 12 10:30:00 2026 +0200", "2026-06-12T08:30:00Z"],
    ["Sun Dec 04 04:47:44.123456 2005", "2005-12-04T04:47:44.123456Z"],
    ["Wed May 19 08:00:01 EST 2021", "2021-05-19T13:00:01Z"],
    ["Sun Jun 14 2015 15:16:01 GMT+0200 (CEST)", "2015-06-14T13:16:01Z"],
    ["10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36Z"],
    ["[10/Oct/2000:13:55:36 -0700]", "2000-10-10T20:55:36Z"],
    ["17/06/09 20:10:40", "2017-06-09T20:10:40Z"],
    ["081109 203615", "2008-11-09T20:36:15Z"],
    ["I0612 10:11:12.123456", "2026-06-12T10:11:12.123456Z"],
    ["[05-Jul-2024 12:00:20 Europe/Berlin]", "2024-07-05T10:00:20Z"],
    ["2024-06-18 14:00:14.5 +0200 CEST", "2024-06-18T12:00:14.5Z"],
    ["I20240612 10:11:12.123456", "2024-06-12T10:11:12.123456Z"],
    ["13 Apr 12:52:30.731", "2026-04-13T12:52:30.731Z"],
    ["2001-10-31     00:00:18", "2001-10-31T00:00:18Z"],
    ["2001-10-31\t00:00:18", "2001-10-31T00:00:18Z"],
    ["06/09/2017 3:16:01 PM", "2017-06-09T15:16:01Z"],
    ["1531171074", "2018-07-09T21:17:54Z"],
    ["1531171074631", "2018-07-09T21:17:54.631Z"],
    ["1531171074631001", "2018-07-09T21:17:54.631001Z"],
    ["1531171074631001002", "2018-07-09T21:17:54.631001002Z"],
    ["1716723772.6014807", "2024-05-26T11:42:52.6014807Z"],
    ["0001-01-01T00:00:00Z", "no time"],
    ["9999-12-31T23:59:59Z", "no time"],
  ])("reads %s", (text, expected) => expect(read(text)).toBe(expected));

  it.each(["2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-06-18T24:00:00Z", "12", "hello", "10.2.3.4", ""])(
    "takes %j for no time",
    (text) => expect(read(text)).toBeNull(),
  );

  it("places a time without a year before now, or a day behind it at most, for a zone may be ahead", () => {
    expect(read("Jun 20 11:59:59")).toBe("2026-06-20T11:59:59Z");
    expect(read("Jun 21 11:59:59")).toBe("2026-06-21T11:59:59Z");
    expect(read("Jun 21 12:00:01")).toBe("2025-06-21T12:00:01Z");
    expect(read("Feb 29 10:00:00")).toBe("2024-02-29T10:00:00Z");
  });

  it("reads a time without a zone in the zone it was told, summer and winter", () => {
    expect(read("2026-01-15 12:00:00", "Europe/Berlin")).toBe("2026-01-15T11:00:00Z");
    expect(read("2026-07-15 12:00:00", "Europe/Berlin")).toBe("2026-07-15T10:00:00Z");
    expect(read("2026-07-15 12:00:00", "Asia/Kolkata")).toBe("2026-07-15T06:30:00Z");
  });

  it("takes the first of an hour that the clocks show twice, and moves on in one that they skip", () => {
    expect(read("2025-11-02 01:30:00", "America/New_York")).toBe("2025-11-02T05:30:00Z");
    expect(read("2026-03-08 02:30:00", "America/New_York")).toBe("2026-03-08T07:30:00Z");
  });

  it("refuses a zone that does not exist, by name", () => {
    expect(() => reader("Mars/Olympus")).toThrow(/Mars\/Olympus/);
  });

  it("finds a time at the start of a line and says where it ends", () => {
    const times = reader();
    expect(times.prefix("[2026-06-18 14:00:14] hello", 0)).toBe(true);
    expect(times.end).toBe(21);
    expect(times.prefix("16:48:42.424 INFO x", 0)).toBe(true);
    expect([times.dated, times.time, times.end]).toEqual([false, null, 12]);
    expect(times.prefix("[".repeat(100_000), 0)).toBe(false);
  });

  it("gives back every time that it writes, to the nanosecond", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7_258_118_399 }),
        fc.integer({ min: 0, max: 999_999_999 }),
        fc.integer({ min: 0, max: 9 }),
        (seconds, belowSecond, digits) => {
          const kept = Math.floor(belowSecond / 10 ** (9 - digits)) * 10 ** (9 - digits);
          const time = micros(seconds * 1_000_000 + Math.floor(kept / 1_000));
          const times = reader("Pacific/Auckland");
          expect(times.whole(formatTimestamp(time, kept % 1_000, digits))).toBe(true);
          expect(times.time).toEqual({ micros: time, nanos: kept % 1_000, digits });
        },
      ),
    );
  });
});
