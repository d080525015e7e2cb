import { describe, expect, it } from "vitest";
import { barsOf, changeText, valueText } from "../../../../src/renderer/compare/figures.ts";
import type { DifferenceRow } from "../../../../src/shared/contract/compare.ts";

const row = (
  measure: DifferenceRow["measure"],
  a: number,
  b: number,
  extra: Partial<DifferenceRow> = {},
): DifferenceRow => ({
  kind: "template",
  field: null,
  name: "n",
  measure,
  unit: null,
  a: { count: a === 0 ? 0 : 10, of: 10, value: a },
  b: { count: b === 0 ? 0 : 10, of: 10, value: b },
  lift: null,
  doublings: 3,
  atLeast: 2,
  chance: 0,
  score: 2,
  level: 3,
  text: "",
  also: [],
  filter: null,
  ...extra,
});

describe("a difference in its row", () => {
  it.each([
    [row("rate", 0, 2), "none", "2/s", "new"],
    [row("rate", 0.05, 0.001), "3/min", "0.06/min", "÷50"],
    [row("rate", 0.005, 0.2), "0.005/s", "0.2/s", "×40"],
    [row("rate", 0.0001, 0.001), "0.36/h", "3.6/h", "×10"],
    [row("rate", 4, 0), "4/s", "none", "gone"],
    [row("share", 0.0002, 0.1957), "<0.1 %", "20 %", "×979"],
    [row("p95", 40_000, 900_000), "40 ms", "900 ms", "×23"],
    [row("level", 83, 886, { unit: "ms" }), "83 ms", "886 ms", "×11"],
    [row("level", 0, 0.55), "0", "0.55", "×8"],
    [row("growth", 7, 28), "7/s", "28/s", "×4"],
  ])("is told by what is measured: %#", (one, a, b, change) => {
    expect([valueText(one, one.a), valueText(one, one.b), changeText(one)]).toEqual([a, b, change]);
  });

  it("has bars that stand to each other as its values do", () => {
    expect(barsOf(row("rate", 1, 4))).toEqual([0.25, 1]);
    expect(barsOf(row("level", -8, 2))).toEqual([1, 0.25]);
    expect(barsOf(row("rate", 0, 0))).toEqual([0, 0]);
  });
});
