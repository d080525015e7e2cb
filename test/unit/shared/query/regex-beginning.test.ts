import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { beginningOf } from "../../../../src/shared/query/regex-beginning.ts";
import { regex } from "../../../../src/shared/query/regex.ts";
import { flags as someFlags, matchedText, pattern } from "../../../support/regex-arbitraries.ts";

function of(one: string, flags = ""): string[] {
  const program = regex(one, flags).program();
  if (program === null) throw new Error(`the program of ${one} is not understood`);
  return beginningOf(program, 3).map((set) =>
    Array.from(set, (isIn, code) => (isIn === 1 ? String.fromCharCode(code) : "")).join(""),
  );
}

describe("the beginning of a regular expression", () => {
  it("holds the first characters of every match", { timeout: 60_000 }, () => {
    let matched = 0;
    fc.assert(
      fc.property(pattern, someFlags, fc.array(matchedText, { maxLength: 10 }), (one, flags, texts) => {
        const sets = of(one, flags);
        const { matches, test } = regex(one, flags);
        for (const text of texts.filter((each) => /^[\0-\x7f]*$/.test(each) && test(each))) {
          for (const { from, to } of matches(text)) {
            matched += 1;
            expect(to - from).toBeGreaterThanOrEqual(sets.length);
            sets.forEach((set, i) => expect(set).toContain(text.charAt(from + i)));
          }
        }
      }),
      { numRuns: 1_500 },
    );
    expect(matched).toBeGreaterThan(100);
  });

  it.each<[string, string, readonly string[]]>([
    ["x[0-9]{5}", "", ["x", "0123456789", "0123456789"]],
    ["\\btime|ref", "", ["rt", "ei", "fm"]],
    ["ab?c", "", ["a", "bc"]],
    ["(?:ab)*", "", []],
    ["k", "i", ["Kk"]],
    ["é.", "s", ["", String.fromCharCode(...Array.from({ length: 128 }, (_, code) => code))]],
  ])("of /%s/%s", (one, flags, expected) => {
    expect(of(one, flags)).toEqual(expected);
  });
});
