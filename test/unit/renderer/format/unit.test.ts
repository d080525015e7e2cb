import { describe, expect, it } from "vitest";
import { formatWithUnit } from "../../../../src/renderer/format/unit.ts";

describe("a value with its unit", () => {
  it.each([
    [812, "milliseconds", "812 ms"],
    [1.24, "seconds", "1.24 s"],
    [1_400_000_000, "bytes", "1.4 GB"],
    [-512, "bytes", "−512 B"],
    [512, "megabytes", "512 MB"],
    [12.5, "percent", "12.5 %"],
    [7, "count", "7"],
    [0.0046, "ratio", "0.0046"],
    [4_812, "none", "4,812"],
    [Number.NaN, "seconds", "no value"],
  ] as const)("%d in %s reads %s", (value, unit, text) => {
    expect(formatWithUnit(value, unit)).toBe(text);
  });
});
