import { describe, expect, it } from "vitest";
import format from "../../../../../src/main/engine/formats/logs/log-text.ts";
import { dateOrderOf, openingDates } from "../../../../../src/main/engine/formats/support/time/date-order.ts";
import { micros } from "../../../../../src/shared/units.ts";

const CHANGED = Date.UTC(2026, 10, 22) / 1_000;

const told = (dates: readonly string[], changed: number | null = null): string => {
  const { order, isGuess } = dateOrderOf(openingDates(dates.map((date) => `${date} 10:00:00 x\n`).join("")), changed);
  return isGuess ? `${order}?` : order;
};

describe("the order of dates", () => {
  it.each([
    ["a day that is no month", ["03/11/2026", "25/11/2026"], "day-first"],
    ["a day that is no month behind the month", ["03/11/2026", "03/25/2026"], "usual"],
    ["days that go on, where months would jump", ["03/11/2026", "04/11/2026"], "day-first"],
    ["days that go on behind the month", ["03/11/2026", "03/12/2026"], "usual"],
    ["the end of a year", ["12/31/2025", "01/01/2026"], "usual"],
    ["a year that does not change", ["20/11/26", "21/11/26"], "day-first"],
    ["a year that does not change, before the month", ["26/11/20", "26/11/21"], "usual"],
    ["a year that does not change, behind month and day", ["11/20/26", "11/21/26"], "month-first"],
    ["dots", ["20.11.26", "21.11.26"], "day-first"],
    ["one date, which may be either", ["03/11/2026"], "usual?"],
    ["one date, which is the same either way", ["03/03/2026"], "usual"],
    ["one date with dots, which is never ambiguous", ["03.11.2026"], "usual"],
    ["no date", [], "usual"],
  ])("is told by %s", (_, dates, expected) => {
    expect(told(dates)).toBe(expected);
  });

  it.each([
    ["a date behind it", ["05/12/2026", "05/12/2026"], "usual"],
    ["a date that would be behind it", ["12/05/2026"], "day-first"],
    ["its year", ["20/11/26"], "day-first"],
    ["its year, before the month", ["26/11/20"], "usual"],
  ])("is told by the last change of the file: %s", (_, dates, expected) => {
    expect(told(dates, CHANGED)).toBe(expected);
  });

  it("is said, and so is that nothing tells it", () => {
    const said = (text: string): string[] => {
      const warnings: string[] = [];
      const ignored = (): void => undefined;
      const sink = { read: ignored, record: ignored, deadLetter: ignored, skip: ignored, tests: ignored };
      const parser = format.parser(
        { zone: "UTC", now: micros(CHANGED * 1_000_000), head: Buffer.from(text) },
        { ...sink, warn: (_key, message) => void warnings.push(message) },
      );
      parser.push(Buffer.from(text));
      parser.end();
      return warnings;
    };
    expect(said("03/11/2026 10:00:00 a\n25/11/2026 10:00:00 b\n").join()).toMatch(/read with the day first/u);
    expect(said("03/11/2026 10:00:00 a\n").join()).toMatch(/Nothing .* tells/u);
    expect(said("11/25/2026 10:00:00 a\n")).toEqual([]);
    expect(said("2026-11-03 10:00:00 due on 03/11/2026\n")).toEqual([]);
  });

  it("is told by the beginning of a long source, however it is cut into chunks", () => {
    const line = (day: string, at: number): string => `${day}/11/2026 10:00:00 INFO line ${at} ${"x".repeat(80)}\n`;
    const text = Array.from({ length: 4_000 }, (_, at) => line(at < 2_000 ? "03" : "25", at)).join("");
    const bytes = Buffer.from(text);
    for (const size of [1_000, 65_536, 300_000, bytes.byteLength]) {
      const months = new Set<number>();
      const ignored = (): void => undefined;
      const parser = format.parser(
        { zone: "UTC", now: micros(CHANGED * 1_000_000), head: bytes.subarray(0, 262_144) },
        {
          read: ignored,
          deadLetter: ignored,
          skip: ignored,
          tests: ignored,
          warn: ignored,
          record: ({ time }) => void months.add(new Date((time?.micros ?? 0) / 1_000).getUTCMonth() + 1),
        },
      );
      for (let at = 0; at < bytes.byteLength; at += size) parser.push(bytes.subarray(at, at + size));
      parser.end();
      expect([...months]).toEqual([11]);
    }
  });
});
