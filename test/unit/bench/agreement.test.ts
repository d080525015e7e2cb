import { describe, expect, it } from "vitest";
import { disagreements } from "../../../scripts/bench/agreement.mjs";

const found = (contender: string, answers: Record<string, number>, lines = 1000) => ({ lines, contender, answers });

describe("the answers of all contenders", () => {
  it("agree when they differ by a few damaged lines only", () => {
    expect(
      disagreements([found("Faultline", { "search-rare": 9, import: 9990 }), found("grep", { import: 10_000 })]),
    ).toEqual([]);
  });

  it("are named when one did other work, and each size is held against its own", () => {
    const all = [
      found("lnav", { filter: 12 }),
      found("Faultline", { filter: 10 }),
      found("Faultline", { filter: 12 }, 5000),
      found("DuckDB", { filter: 12 }, 5000),
    ];
    expect(disagreements(all)).toEqual([
      'lnav answered 12 to "filter" at 1000 lines, Faultline 10: not the same work.',
    ]);
  });

  it("are not near when a count is missing", () => {
    expect(disagreements([found("Faultline", { filter: 10 }), found("lnav", { filter: Number.NaN })])).toHaveLength(1);
  });

  it("pass over what Faultline was not asked", () => {
    expect(disagreements([found("Faultline", {}), found("lnav", { facets: 42 })])).toEqual([]);
  });
});
