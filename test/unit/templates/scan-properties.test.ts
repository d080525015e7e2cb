/** What holds for every message, however strange. */
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { MessageScanner } from "../../../src/main/engine/templates/scan.ts";
import { WILDCARD } from "../../../src/main/engine/templates/skeleton-items.ts";
import { TemplateModel } from "../../../src/main/engine/templates/model.ts";
import { parametersOf } from "../../../src/main/engine/templates/parameters.ts";
import { tokensOf } from "../../../src/main/engine/templates/tokens.ts";
import { Skeletons, skeletonOf } from "../../../src/main/engine/templates/skeletons.ts";
import { sliceOf } from "../../support/ascii-slice.ts";

const piece = fc.oneof(
  fc.constantFrom(
    "user",
    "a.b",
    "10.0.0.1:80",
    "12",
    "ms",
    "true",
    "=",
    " = ",
    "key=",
    '"',
    "'",
    "(",
    ")",
    "()",
    "[",
    "]",
  ),
  fc.constantFrom(
    "<*>",
    "<1",
    " sec",
    ",",
    ", ",
    "1,2",
    "a,b",
    "/x/y",
    "C:\\a",
    "Jun",
    " 18",
    "Sat ",
    ":",
    "k:1",
    "#",
    "…",
    "é",
    "登录",
  ),
  fc.constantFrom(
    "\ud800",
    "\u0000",
    "\t",
    "\n",
    "\r",
    "can't",
    "x1.y.Main",
    "-",
    "--",
    "|",
    ".",
    "...",
    "{",
    "}",
    ";",
    "`",
  ),
  fc.string({ maxLength: 6, unit: "grapheme" }),
);
const message = fc.array(fc.oneof(piece, fc.constant(" ")), { maxLength: 40 }).map((parts) => parts.join(""));

describe("every message", () => {
  it("has ranges that follow each other inside of it", () => {
    fc.assert(
      fc.property(message, (text) => {
        const scanner = new MessageScanner();
        scanner.scan(text);
        let end = 0;
        for (let item = 0; item < scanner.count; item += 1) {
          expect(scanner.start(item)).toBeGreaterThanOrEqual(end);
          expect(scanner.end(item)).toBeGreaterThanOrEqual(scanner.start(item));
          end = scanner.end(item);
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is read to its end when what looks like a wildcard lies across the last character that is looked at", () => {
    for (let before = 1_020; before <= 1_024; before += 1)
      expect(skeletonOf(`${"a".repeat(before)}<*>`)).toMatch(/^a*(?:<\*>|<\*?)?$/);
  });

  it("takes a control character for a space", () => {
    expect(skeletonOf("took\u0000\u0001 12\u0000")).toBe("took <*>");
  });

  it("has the skeleton that its hash finds, whatever was read before", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 30 }), (texts) => {
        const skeletons = new Skeletons();
        for (const text of [...texts, ...texts]) expect(skeletons.of(text)).toBe(skeletonOf(text));
      }),
      { numRuns: 500 },
    );
  });

  it("has the same skeleton as a string and as bytes of its source, also where it is cut off", () => {
    const dated = fc.constantFrom("on Sat Jun 18 2005", "FALSE", "took 3 seconds", "5 MiB", "see s3://b", "x:y <*>");
    const long = fc.tuple(fc.integer({ min: 1_000, max: 1_030 }), dated);
    const ascii = fc.oneof(
      message.map((text) => text.replaceAll(/[^\0-\x7f]/g, "")),
      fc.array(dated, { maxLength: 6 }).map((parts) => parts.join(" ")),
      long.map(([size, end]) => "a ".repeat(size).slice(0, size) + end),
    );
    fc.assert(
      fc.property(fc.array(ascii, { maxLength: 10 }), fc.nat(5), (texts, before) => {
        const skeletons = new Skeletons();
        for (const text of texts) expect(skeletons.of(sliceOf(text, before))).toBe(skeletonOf(text));
      }),
      { numRuns: 500 },
    );
  });

  it("has one value for each wildcard of its skeleton", () => {
    fc.assert(
      fc.property(message, (text) => {
        const template = { id: "", text: "", count: 1, muted: null, merged: [], splitFrom: null, words: [] };
        const wildcards = tokensOf(skeletonOf(text)).filter((token) => token.text === WILDCARD);
        expect(parametersOf(text, { template, head: 0, values: new Set(), listsAreOne: false })).toHaveLength(
          wildcards.length,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("has a template, and values that stand in it", () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 30 }), (texts) => {
        const counts = new Map<string, number>();
        for (const text of texts) counts.set(skeletonOf(text), (counts.get(skeletonOf(text)) ?? 0) + 1);
        const model = new TemplateModel(new Map([[1, [...counts].map(([skeleton, count]) => ({ skeleton, count }))]]));
        expect(model.templates.reduce((sum, { count }) => sum + count, 0)).toBe(texts.length);
        for (const text of texts) {
          const fit = model.fit(1, skeletonOf(text));
          expect(fit).toBeDefined();
          if (fit === undefined) continue;
          for (const { value, start, end } of parametersOf(text, fit)) expect(value).toBe(text.slice(start, end));
        }
      }),
      { numRuns: 500 },
    );
  });
});
