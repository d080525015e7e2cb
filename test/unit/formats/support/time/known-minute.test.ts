/** A time that is read after others of its minute is what it is when it is read alone. */
import fc from "../../../../support/properties.ts";
import { expect, it } from "vitest";
import { TimeReader } from "../../../../../src/main/engine/formats/support/time/reader.ts";
import { micros } from "../../../../../src/shared/units.ts";

const OPTIONS = { zone: "Europe/Berlin", now: micros(Date.UTC(2026, 5, 30) * 1_000) };
const MINUTES = [
  "2026-03-17 13:00:",
  "2026-03-17T13:00:",
  "2026-03-29 02:00:",
  "17/06/09 20:10:",
  "10/Oct/2000:13:55:",
  "081109 2036",
  "20260617T2036",
  "202606172036",
  "05-26 11:18:",
  "13 Apr 12:52:",
  "[2026-03-17 13:00:",
  "Jun 14 15:16:",
  "Sun Dec 04 04:47:",
  "1969-12-31 23:59:",
  "2026-02-30 13:00:",
];
const SECONDS = ["00", "07", "59", "60", "7", "071", "x7", ""];
const ENDS =
  "|.5|,123|.123456789|.1234567891|:123| PM| AM x|PM|Z|z|+02:00|-0700| +0200|+02| UTC| PDT| Europe/Berlin| INFO x|] x| 2005| UTC 2005| 2005 -0700|5|: x|T".split(
    "|",
  );

it("reads a time after others of its minute as it reads it alone", () => {
  const time = fc
    .tuple(fc.nat(1), fc.constantFrom(...SECONDS), fc.constantFrom(...ENDS), fc.constantFrom(...ENDS))
    .map(([minute, seconds, ...ends]) => ({ minute, rest: seconds + ends.join("") }));
  const minutes = fc.tuple(fc.constantFrom(...MINUTES), fc.constantFrom(...MINUTES));
  fc.assert(
    fc.property(minutes, fc.array(time, { minLength: 2, maxLength: 30, size: "max" }), (known, times) => {
      const remembers = new TimeReader(OPTIONS);
      for (const { minute, rest } of times) {
        const text = (known[minute] ?? "") + rest;
        const alone = new TimeReader(OPTIONS);
        const found = alone.prefix(text, 0);
        expect([text, remembers.prefix(text, 0)]).toEqual([text, found]);
        if (!found) continue;
        const { time: read, end, dated, zoned } = remembers;
        expect({ text, read, end, dated, zoned }).toEqual({
          text,
          read: alone.time,
          end: alone.end,
          dated: alone.dated,
          zoned: alone.zoned,
        });
      }
    }),
    { numRuns: 500 },
  );
});

it("reads the same times in any order where one has three digits behind its clock, which are no zone", () => {
  const reader = new TimeReader(OPTIONS);
  const ends = ["00", "00+025", "00"].map((seconds) => {
    reader.prefix(`2026-03-17 13:00:${seconds}`, 0);
    return reader.end;
  });
  expect(ends).toEqual([19, 19, 19]);
});
