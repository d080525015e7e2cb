import { describe, expect, it } from "vitest";
import { csvRows } from "../../../scripts/eval/csv.mjs";
import { scoreGrouping } from "../../../scripts/eval/grouping.mjs";

const byLine = (text: string): Map<number, string> => new Map(text.split("").map((group, line) => [line, group]));

describe("the score of a grouping", () => {
  it("is one for the true groups under other names", () => {
    expect(scoreGrouping(byLine("xxyz"), byLine("aabc"))).toMatchObject({ accuracy: 1, groupF1: 1, pairF1: 1 });
  });

  it("counts no line of a group that lacks or adds one", () => {
    // Group a is whole; b and c were made one.
    expect(scoreGrouping(byLine("xxyyyy"), byLine("aabbbc"))).toMatchObject({
      accuracy: 2 / 6,
      groupF1: (2 * 1) / (2 + 3),
      pairF1: (2 * 4) / (7 + 4),
    });
  });

  it("takes a line without a template for a group of its own", () => {
    expect(scoreGrouping(new Map([[0, "x"]]), byLine("aab"))).toMatchObject({ groups: 3, accuracy: 1 / 3 });
  });
});

describe("a CSV", () => {
  it("may hold commas, quotes and line ends in quoted cells", () => {
    expect(csvRows('a,b\r\n1,"x, ""y""\nz"\n,\n')).toEqual([
      ["a", "b"],
      ["1", 'x, "y"\nz'],
      ["", ""],
    ]);
  });
});
