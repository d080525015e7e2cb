import { describe, expect, it } from "vitest";
import { countArgument, timeArgument, zoneArgument } from "../../../src/main/cli/arguments.ts";
import { isoMicros, isoTime } from "../../../src/main/cli/iso-time.ts";
import { printable } from "../../../src/main/cli/printable.ts";
import { table } from "../../../src/main/cli/table.ts";
import { micros } from "../../../src/shared/units.ts";

describe("a time is printed", () => {
  it.each([
    [0, "2026-03-01T10:00:00Z"],
    [1, "2026-03-01T10:00:00.1Z"],
    [3, "2026-03-01T10:00:00.123Z"],
    [6, "2026-03-01T10:00:00.123456Z"],
    [9, "2026-03-01T10:00:00.123456789Z"],
  ])("with the %i decimals that its source has", (digits, text) => {
    expect(isoTime({ micros: micros(1_772_359_200_123_456), nanos: 789, digits })).toBe(text);
  });

  it("in milliseconds, or microseconds where they say something", () => {
    expect(isoMicros(1_772_359_200_123_000)).toBe("2026-03-01T10:00:00.123Z");
    expect(isoMicros(1_772_359_200_123_456)).toBe("2026-03-01T10:00:00.123456Z");
  });
});

describe("a time is read", () => {
  it.each([
    ["2026-03-01T10:00:00Z", 1_772_359_200_000_000],
    ["2026-03-01 10:00:00", 1_772_359_200_000_000],
    ["2026-03-01T11:00:00.5+01:00", 1_772_359_200_500_000],
    ["2026-03-01T11:00+0100", 1_772_359_200_000_000],
    ["2026-03-01", 1_772_323_200_000_000],
    ["2026-03-01T10:00:00.123456789Z", 1_772_359_200_123_456],
  ])("from %s", (text, value) => {
    expect(timeArgument(text)).toBe(value);
  });

  it.each(["", "yesterday", "2026-13-01", "2026-03-01T25:00:00Z", "1772359200", "0001-01-01"])(
    "not from %j",
    (text) => {
      expect(() => timeArgument(text)).toThrow(/is no time/u);
    },
  );
});

describe("an argument", () => {
  it("names a zone of the IANA list", () => {
    expect(zoneArgument("Europe/Berlin")).toBe("Europe/Berlin");
    expect(() => zoneArgument("Mars/Olympus")).toThrow(/is not known/u);
  });

  it("is a count only as a whole number", () => {
    expect(countArgument("12")).toBe(12);
    for (const text of ["-1", "1.5", "many"]) expect(() => countArgument(text)).toThrow(/is no count/u);
  });
});

describe("text from a file", () => {
  it("cannot move the cursor or turn the line around", () => {
    expect(printable("\u001b[2Jgone\r\n\u202Eevil\tok")).toBe("\\u001b[2Jgone\\u000d\n\\u202eevil\tok");
  });
});

describe("a table", () => {
  it("has its numbers on the right and its texts on the left", () => {
    expect(
      table(
        ["file", "read"],
        [
          ["a.log", 12],
          ["long.log", 12_345],
          ["none", null],
        ],
      ),
    ).toBe(["file        read", "a.log         12", "long.log  12,345", "none           –", ""].join("\n"));
  });
});
