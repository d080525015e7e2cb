// Patterns of every kind that RE2 knows, good and bad ones, and texts that they match now and then.
import fc from "./properties.ts";
import { regexTrouble } from "../../src/shared/query/regex.ts";

const LETTERS = ["a", "b", "k", "K", "s", "é", "\u212a", "ſ", "1", ".", "-"];
const atom = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...LETTERS.map((letter) => letter.replace(/[.-]/, "\\$&"))) },
  fc.constantFrom(".", "[ab]", "[^a]", "[]k]", "[[:alpha:]]", "\\d", "\\pL", "\\p{Lu}", "\\x61", "\\x{6b}", "\\141"),
  fc.constantFrom("^", "$", "\\b", "\\\\", "\\.", "\\ ", "]", "}", "{", "{a}", "\\Qa.b\\E", "(?i)", "(?-i)", "(?s:a)"),
);
const repeat = fc.constantFrom("", "", "", "*", "+", "?", "+?", "??", "{0}", "{2}", "{1,}", "{0,2}", "{,2}");
const { pattern: anyPattern } = fc.letrec<{ pattern: string; sequence: string; part: string }>((tie) => ({
  part: fc
    .tuple(
      fc.oneof(
        { depthSize: "small" },
        atom,
        fc
          .tuple(fc.constantFrom("(", "(?:", "(?P<n>", "(?<n>", "(?i:", "(?i-s:"), tie("pattern"))
          .map(([open, inner]) => `${open}${inner})`),
      ),
      repeat,
    )
    .map(([one, times]) => one + times),
  sequence: fc.array(tie("part"), { maxLength: 5 }).map((parts) => parts.join("")),
  pattern: fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("|")),
}));
export const matchedText = fc.string({
  unit: fc.constantFrom(...LETTERS, "A", "B", "S", "É", "\n", " "),
  maxLength: 20,
});

/** One that can be read. */
export const pattern = anyPattern.filter((one) => regexTrouble(one, "") === null);

export const flags = fc.constantFrom("", "i", "s", "m", "im");
