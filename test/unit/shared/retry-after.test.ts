import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../../src/shared/retry-after.ts";

const now = Date.UTC(2026, 0, 15, 12);

describe("Retry-After", () => {
  it.each([
    ["seconds", "120", 120_000],
    ["no seconds", "0", 0],
    ["seconds with space around", " 7 ", 7_000],
    ["a date to come", "Thu, 15 Jan 2026 12:00:30 GMT", 30_000],
    ["a date with space around", " Thu, 15 Jan 2026 12:00:30 GMT ", 30_000],
    ["a date gone by", "Thu, 15 Jan 2026 11:00:00 GMT", 0],
    ["the old form of a date", "Thursday, 15-Jan-26 12:00:05 GMT", 5_000],
    ["a fraction", "1.5", null],
    ["a negative number", "-5", null],
    ["a number with a unit", "5s", null],
    ["a word", "Soon", null],
    ["a word before a date", "x Thu, 15 Jan 2026 12:00:30 GMT", null],
    ["nothing", "", null],
    ["no header", null, null],
  ])("is read from %s", (_, header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
