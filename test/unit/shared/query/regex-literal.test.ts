import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { flags as someFlags, matchedText, pattern } from "../../../support/regex-arbitraries.ts";
import { regex } from "../../../../src/shared/query/regex.ts";
import { requiredTexts } from "../../../../src/shared/query/regex-literal.ts";

const of = (one: string, flags = ""): readonly string[] => requiredTexts(one, flags).texts;
const asciiSmall = (one: string): string => one.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

describe("the texts that a regular expression requires", () => {
  it("stand in whatever it matches", { timeout: 60_000 }, () => {
    let matched = 0;
    fc.assert(
      fc.property(pattern, someFlags, fc.array(matchedText, { maxLength: 10 }), (one, flags, lines) => {
        const { texts, isFolded } = requiredTexts(one, flags);
        if (texts.length === 0) return;
        const { test } = regex(one, flags);
        const fold = isFolded ? asciiSmall : (line: string): string => line;
        for (const line of lines) {
          if (!test(line)) continue;
          matched += 1;
          expect(texts.some((required) => fold(line).includes(fold(required)))).toBe(true);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(matched).toBeGreaterThan(50);
  });

  it.each<[string, readonly string[]]>([
    ["cache (miss|hit) for [a-z]+:[0-9]*7", ["cache "]],
    ["error|fatal", ["error", "fatal"]],
    ["^\\d+ (GET|DELETE) /api", [" /api"]],
    ["status=(500|503)", ["status="]],
    ["(timeout|refused)$", ["timeout", "refused"]],
    ["10\\.0\\.0\\.1", ["10.0.0.1"]],
    ["colou?r", ["colo"]],
    ["ab+c", ["ab"]],
    ["(?:abc){0,3}d", ["d"]],
    ["\\d{3}", []],
    ["error|", []],
    ["(error)?", []],
    [".*", []],
    ["\\Qa.b\\E", []],
    ["a(?i)*", []],
  ])("of %s are %j", (one, texts) => {
    expect(of(one)).toEqual(texts);
  });

  it("leave out what other letters mean too, where case does not matter", () => {
    expect(requiredTexts("checkout", "i")).toEqual({ texts: ["chec"], isFolded: true });
    expect(requiredTexts("(?i)größe", "")).toEqual({ texts: ["gr"], isFolded: true });
    expect(requiredTexts("checkout", "")).toEqual({ texts: ["checkout"], isFolded: false });
  });
});
