import { describe, expect, it } from "vitest";
import { changeText, ranked } from "../../../../src/renderer/templates/ranking.ts";
import type { TemplateRow } from "../../../../src/shared/contract/templates.ts";
import { micros } from "../../../../src/shared/units.ts";

const row = (text: string, more: Partial<TemplateRow> = {}): TemplateRow => ({
  id: text,
  text,
  count: 1,
  first: micros(0),
  last: micros(0),
  level: 3,
  bars: [],
  before: 0,
  after: 0,
  change: 0,
  isNew: false,
  muted: null,
  merged: [],
  splitFrom: null,
  words: [],
  ...more,
});

const LIST = [
  row("often <*>", { count: 90, first: micros(1), change: -2 }),
  row("late <*>", { count: 5, first: micros(9), change: 6 }),
  row("gone <*>", { count: 50, first: micros(2), change: -8 }),
  row("noise", { count: 900, muted: "noise" }),
];
const texts = (ranking: Partial<Parameters<typeof ranked>[1]>): string[] =>
  ranked(LIST, { order: "count", search: "", muted: false, ...ranking }).map(({ text }) => text);

describe("the list of templates", () => {
  it("goes by count, by newness or by how sure a change is", () => {
    expect(texts({})).toEqual(["often <*>", "gone <*>", "late <*>"]);
    expect(texts({ order: "new" })).toEqual(["late <*>", "gone <*>", "often <*>"]);
    expect(texts({ order: "change" })).toEqual(["gone <*>", "late <*>", "often <*>"]);
  });

  it("holds what matches, and the muted ones apart", () => {
    expect(texts({ search: " LATE" })).toEqual(["late <*>"]);
    expect(texts({ muted: true })).toEqual(["noise"]);
  });
});

describe("a change", () => {
  it.each([
    [{ before: 10, after: 40, change: 4.4 }, 0.5, "×4.0"],
    [{ before: 40, after: 10, change: -4.4 }, 0.5, "÷4.0"],
    [{ before: 100, after: 100, change: 9 }, 0.1, "×9.0"],
    [{ before: 0, after: 20, change: 5, isNew: true }, 0.5, "new"],
    [{ before: 20, after: 0, change: -5 }, 0.5, "gone"],
    [{ before: 5, after: 7, change: 0.6 }, 0.5, ""],
    [{ before: 0, after: 1, change: 1, isNew: true }, 0.5, "new"],
  ])("of %j in %d of the time is %j", (counts, share, text) => {
    expect(changeText(row("x", counts), share)).toBe(text);
  });
});
