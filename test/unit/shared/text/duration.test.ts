import { expect, it } from "vitest";
import { formatDuration, formatOffset } from "../../../../src/shared/text/duration.ts";

it.each([
  [0, "0 s"],
  [0.34, "340 ns"],
  [12.4, "12.4 µs"],
  [250_000, "250 ms"],
  [999_700, "1 s"],
  [1_240_000, "1.24 s"],
  [59_999_000, "1 m"],
  [131_000_000, "2 m 11 s"],
  [3_599_600_000, "1 h"],
  [11_040_000_000, "3 h 4 m"],
  [190_800_000_000, "2 d 5 h"],
  [-1_240_000, "−1.24 s"],
])("writes %d µs as %s", (micros, text) => expect(formatDuration(micros)).toBe(text));

it("signs an offset in both directions", () => {
  expect(formatOffset(131_000_000)).toBe("+2 m 11 s");
  expect(formatOffset(-340_000)).toBe("−340 ms");
});
