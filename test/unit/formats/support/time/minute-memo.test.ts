/** A time that is read after others is what it is when it is read alone. */
import fc from "../../../../support/properties.ts";
import { expect, it } from "vitest";
import { TimeReader } from "../../../../../src/main/engine/formats/support/time/reader.ts";
import { micros } from "../../../../../src/shared/units.ts";

const OPTIONS = { zone: "Europe/Berlin", now: micros(Date.UTC(2026, 5, 30) * 1_000) };

function read(reader: TimeReader, text: string): unknown {
  const isTime = reader.whole(text);
  return isTime ? { time: reader.time, zoned: reader.zoned, dated: reader.dated, end: reader.end } : null;
}

const readAlone = (text: string): unknown => read(new TimeReader(OPTIONS), text);

it("reads times after each other as it reads each alone", () => {
  const two = (most: number): fc.Arbitrary<string> =>
    fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, "0"));
  const fraction = fc.constantFrom(
    "",
    ".1",
    ".123",
    ",123",
    ".123456",
    ".123456789",
    ".1234567890",
    ":123",
    ".",
    ".1x",
  );
  const zone = fc.constantFrom("", "Z", "+02:00", "-0730", " UTC", " PM", " America/New_York", " (CET)", "0", " ");
  const text = fc
    .tuple(fc.constantFrom("2026-03-29", "2026-10-25", "1970-01-01", "2199-12-31"), fc.constantFrom("T", " "))
    .chain(([day, joint]) =>
      fc
        .tuple(fc.constantFrom("00", "02", "23"), fc.constantFrom("00", "59"), two(62), fraction, zone)
        .map(([hour, minute, second, decimals, name]) => `${day}${joint}${hour}:${minute}:${second}${decimals}${name}`),
    );
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 12 }), (texts) => {
      const reader = new TimeReader(OPTIONS);
      expect(texts.map((one) => read(reader, one))).toEqual(texts.map(readAlone));
    }),
    { numRuns: 500 },
  );
});

it("goes on in a minute that it has met", () => {
  const reader = new TimeReader(OPTIONS);
  for (const text of ["2026-06-09T12:13:14.123Z", "2026-06-09T12:13:15.999Z", "2026-06-09T12:14:15.999Z"])
    expect(read(reader, text)).toEqual(readAlone(text));
});
