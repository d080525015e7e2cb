// A search that is typed on looks only at what fitted before, and finds what a new one would.
import fc from "../../support/properties.ts";
import { describe, expect, it, vi } from "vitest";
import { isNarrower } from "../../../src/main/engine/query/narrower.ts";
import { textSearch } from "../../../src/main/engine/query/text-search.ts";
import { parseFilter } from "../../../src/shared/query/parse.ts";
import type { Filter } from "../../../src/shared/query/ast.ts";
import { at, everything, noCheck, testCase } from "./cases.ts";

function filterOf(text: string): Filter {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

describe("a filter", () => {
  it.each([
    ["conn", "con"],
    ["connection", "con"],
    ["Connection", "con"],
    ["GETs", "GET"],
    ["timeout level:error", "time"],
    ["level:error timeout", "level:error"],
    ["conn -retry", "co -retry"],
    ["Größe", "gr"],
  ])("%s is narrower than %s", (filter, than) => {
    expect(isNarrower(filterOf(filter), filterOf(than))).toBe(true);
  });

  it.each([
    ["con", "conn"],
    ["connection", "Con"],
    ["größe", "gr"],
    ["conn OR retry", "conn"],
    ["-connection", "-conn"],
    ["conn", "conn level:error"],
    ["template:t1 conn", "template:t1"],
    ["/conn/", "conn"],
  ])("%s is not known to be narrower than %s", (filter, than) => {
    expect(isNarrower(filterOf(filter), filterOf(than))).toBe(false);
  });

  it("of one term is only narrower than another where every text that holds it holds the other", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "A", "k", "K", "\u212a", "é", "É", "i", "İ", "1") });
    fc.assert(
      fc.property(text, text, text, (narrow, wide, line) => {
        const isKnown = isNarrower({ type: "text", text: narrow }, { type: "text", text: wide });
        expect(isKnown && textSearch(narrow).test(line) && !textSearch(wide).test(line)).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("a search that is typed on", () => {
  const made = () => {
    const one = testCase();
    one.add(
      one.source("app.jsonl"),
      Array.from({ length: 400 }, (_, i) => ({ message: `request ${i}`, time: at(i), level: 3 as const })),
      100,
    );
    return one.open();
  };

  it("finds what a new one would, in segments that the search before did not look at too", () => {
    const open = made();
    let asked = 0;
    const afterOneStep = (): boolean => (asked += 1) > 1;
    const find = (filter: string, isLate?: () => boolean) =>
      Array.from(open.selections.select({ ...everything, filter }, noCheck, isLate).ordinals);
    expect(find('"request 1"', afterOneStep).length).toBe(11);
    expect(find('"request 19"')).toEqual([19, 190, 191, 192, 193, 194, 195, 196, 197, 198, 199]);
    expect(find('"request 199"')).toEqual([199]);
    expect(find('"request 1"').length).toBe(111);
  });

  it("reads no text where nothing fitted before", () => {
    const open = made();
    const read = vi.spyOn(open.reader, "rawInto");
    const count = (filter: string) => open.selections.select({ ...everything, filter }, noCheck).count;
    expect([count('"request x"'), read.mock.calls.length]).toEqual([0, 4]);
    expect([count('"request xy"'), read.mock.calls.length]).toEqual([0, 4]);
  });
});
