// The automaton says of every text what the engine says, or that it cannot tell.
import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { AsciiAutomaton, MOST_INSTRUCTIONS } from "../../../../src/main/engine/query/scan/ascii-automaton.ts";
import { regex } from "../../../../src/shared/query/regex.ts";
import { flags as someFlags, matchedText, pattern } from "../../../support/regex-arbitraries.ts";

function automatonOf(one: string, flags = ""): AsciiAutomaton {
  const program = regex(one, flags).program();
  if (program === null) throw new Error(`the program of ${one} is not understood`);
  return new AsciiAutomaton(program);
}

/** Among other bytes, which must not matter. */
function says(automaton: AsciiAutomaton, text: string): boolean | null {
  const bytes = Buffer.from(`a1${text}ab`);
  return automaton.test(bytes, 2, bytes.length - 2);
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

describe("an automaton over ASCII", () => {
  it("says what the engine says", { timeout: 60_000 }, () => {
    let matched = 0;
    let told = 0;
    fc.assert(
      fc.property(pattern, someFlags, fc.array(matchedText, { maxLength: 10 }), (one, flags, texts) => {
        const { test } = regex(one, flags);
        const automaton = automatonOf(one, flags);
        // Counted repetitions within each other are written out.
        const isTooLarge = (regex(one, flags).program()?.instructions.length ?? 0) > MOST_INSTRUCTIONS;
        for (const text of texts) {
          const found = says(automaton, text);
          const isMatch = test(text);
          expect(found ?? isMatch).toBe(isMatch);
          expect(found === null && isAscii(text) && !isTooLarge).toBe(false);
          if (found !== null) told += 1;
          if (found === true) matched += 1;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(told).toBeGreaterThan(1_000);
    expect(matched).toBeGreaterThan(300);
  });

  it.each<[string, string, string, boolean | null]>([
    ["^b", "", "b", true],
    ["^b", "", "ab", false],
    ["^b", "m", "a\nb", true],
    ["b$", "", "b\na", false],
    ["b$", "m", "b\na", true],
    ["\\bid\\b", "", "the id=4", true],
    ["\\bid\\b", "", "ids", false],
    ["\\Bd\\b", "", "id", true],
    ["a.b", "", "a\nb", false],
    ["a.b", "s", "a\nb", true],
    ["k", "i", "K", true],
    ["", "", "", true],
    ["^$", "", "", true],
    ["x[0-9]{5}", "", "x1234 x12345", true],
    ["x[0-9]{5}", "", "x1234 x1234", false],
    ["ab", "", "ab é", true],
    ["ab", "", "é ab", null],
    [".", "", "é", null],
  ])("says of /%s/%s in %j: %s", (one, flags, text, expected) => {
    expect(says(automatonOf(one, flags), text)).toBe(expected);
  });

  it("says nothing of an expression that is written out to more instructions than it compares", () => {
    expect(says(automatonOf("((a{9}){9}){9}"), "a".repeat(729))).toBe(true);
    expect(says(automatonOf("((a{9}b?){9}c?){9}"), "a".repeat(729))).toBeNull();
  });

  it("says nothing of a text that leads to more states than it keeps, and goes on saying what it knows", () => {
    const automaton = automatonOf("a[ab]{12}c");
    // Every word of twelve letters is a state of its own; a linear congruence makes thousands of them.
    let seed = 1;
    const letters = Array.from({ length: 20_000 }, () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 31 === 1 ? "a" : "b";
    });
    expect(says(automaton, "abbbbbbbbbbbbc")).toBe(true);
    expect(says(automaton, letters.join(""))).toBeNull();
    expect(says(automaton, "abbbbbbbbbbbbc")).toBe(true);
    expect(says(automaton, "bb")).toBe(false);
  });
});
