import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatCountOf,
  formatPercent,
  formatRate,
  formatValue,
} from "../../../../src/shared/text/number.ts";

describe("numbers", () => {
  it("groups thousands", () => {
    expect(formatCount(1_004_212)).toBe("1,004,212");
    expect(formatCountOf(1, "record")).toBe("1 record");
    expect(formatCountOf(1240, "anomaly", "anomalies")).toBe("1,240 anomalies");
  });

  it.each([
    [999, "999"],
    [1240, "1.2k"],
    [45_000, "45k"],
    [999_960, "1M"],
    [1_200_000, "1.2M"],
    [0.25, "0.25"],
  ])("shortens %d to %s", (value, text) => expect(formatCompact(value)).toBe(text));

  it.each([
    [0.71, "0.71"],
    [52.31234, "52.31"],
    [1240.4, "1,240"],
    [0.000012, "1.20e-5"],
    [0, "0"],
    [Number.NaN, "NaN"],
  ])("writes the value %d as %s", (value, text) => expect(formatValue(value)).toBe(text));

  it.each([
    [512, "512 B"],
    [999_600, "1 MB"],
    [1_430_000, "1.4 MB"],
    [410_000_000, "410 MB"],
  ])("writes %d bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it("says a rate by the second", () => expect(formatRate(412_000_000)).toBe("412 MB/s"));

  it("says 100 % only when all is done", () => {
    expect(formatPercent(999, 1000)).toBe("99 %");
    expect(formatPercent(1000, 1000)).toBe("100 %");
    expect(formatPercent(0, 0)).toBe("0 %");
  });
});
