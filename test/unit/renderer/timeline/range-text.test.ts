import { describe, expect, it } from "vitest";
import { readLength, readRange } from "../../../../src/renderer/timeline/range-text.ts";

const at = (iso: string): number => Date.parse(iso) * 1000;
const context = { zone: "UTC", from: at("2026-06-20T13:40:00Z"), to: at("2026-06-20T15:10:00Z") };
const read = (text: string, over: Partial<typeof context> = {}): string => {
  const result = readRange(text, { ...context, ...over });
  if (!result.ok) return result.message;
  const iso = (time: number): string => new Date(time / 1000).toISOString().replace(".000Z", "Z");
  return `${iso(result.range.from)} ${iso(result.range.to)}`;
};

describe("a typed range", () => {
  it.each(["14:02–14:31", "14:02-14:31", "14:02 - 14:31", "14:02 to 14:31", "14:02..14:31", "14:02 +29m"])(
    "reads %s on the day of the data",
    (text) => expect(read(text)).toBe("2026-06-20T14:02:00Z 2026-06-20T14:31:00Z"),
  );

  it("reads clocks in the shown zone", () =>
    expect(read("16:02–16:31", { zone: "Europe/Berlin" })).toBe("2026-06-20T14:02:00Z 2026-06-20T14:31:00Z"));

  it("reads ISO times with their own zones", () =>
    expect(read("2026-06-20T16:02:00+02:00 – 2026-06-20T14:31:00Z")).toBe("2026-06-20T14:02:00Z 2026-06-20T14:31:00Z"));

  it("reads ISO times with a hyphen between them", () =>
    expect(read("2026-06-20T14:02:00Z-2026-06-20T14:31:00Z")).toBe("2026-06-20T14:02:00Z 2026-06-20T14:31:00Z"));

  it("covers what a single time names", () => {
    expect(read("2026-06-20")).toBe("2026-06-20T00:00:00Z 2026-06-21T00:00:00Z");
    expect(read("14:02")).toBe("2026-06-20T14:02:00Z 2026-06-20T14:03:00Z");
  });

  it("goes past midnight when the end is earlier on the clock", () =>
    expect(read("23:50–00:10", { from: at("2026-06-20T23:00:00Z"), to: at("2026-06-21T02:00:00Z") })).toBe(
      "2026-06-20T23:50:00Z 2026-06-21T00:10:00Z",
    ));

  it("takes a clock for the next day when the first day of the data began later", () =>
    expect(read("00:10–00:20", { from: at("2026-06-20T23:00:00Z"), to: at("2026-06-21T02:00:00Z") })).toBe(
      "2026-06-21T00:10:00Z 2026-06-21T00:20:00Z",
    ));

  it("counts back from the last record", () => {
    const result = readRange("last 30m of data", context);
    expect(result.ok && result.range).toEqual({ from: context.to + 1 - 1_800_000_000, to: context.to + 1 });
    expect(read("first 10 m")).toBe("2026-06-20T13:40:00Z 2026-06-20T13:50:00Z");
  });

  it("says what it cannot read", () => {
    expect(read("tomorrow")).toContain('"tomorrow" is no time');
    expect(read("last week")).toContain('"week" is no length of time');
    expect(read("14:02–soon")).toContain('"soon" is no time');
    expect(read("2026-06-21 10:00 – 2026-06-20 10:00")).not.toContain("T10:00");
    expect(read("")).toContain("14:02–14:31");
    expect(read("25:99")).toContain("no time");
  });
});

it("reads lengths of time", () => {
  expect(readLength("1.5h")).toBe(5_400_000_000);
  expect(readLength("250 ms")).toBe(250_000);
  expect(readLength("soon")).toBeNull();
});
