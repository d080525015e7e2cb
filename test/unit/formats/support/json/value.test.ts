import fc from "../../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { numberOf, parseJsonValue } from "../../../../../src/main/engine/formats/support/json/value.ts";

const parse = (text: string): unknown => parseJsonValue(new TextEncoder().encode(text));

describe("a JSON value", () => {
  it.each([
    ['{"t":1544712660300000001}', { t: "1544712660300000001" }],
    ['{"t":1544712660300000000}', { t: 1544712660300000000 }],
    ["9007199254740993", "9007199254740993"],
    ["[1, 9007199254740991,9007199254740993]", [1, 9007199254740991, "9007199254740993"]],
    ["[-12345678901234567890]", ["-12345678901234567890"]],
    ["[1674982159.123456789]", ["1674982159.123456789"]],
    ["[0.0000010000000000000002]", [0.0000010000000000000002]],
    ["[1674982159.5, 0.1, 1e300]", [1674982159.5, 0.1, 1e300]],
  ])("keeps the digits of %s", (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it("does not touch digits in strings and keys", () => {
    const value = { "12345678901234567891": 'a \\" 12345678901234567891 "', b: ["\\", "9999999999999999999"] };
    expect(parse(JSON.stringify(value))).toEqual(value);
  });

  it("equals JSON.parse where a double holds every number", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        const json = JSON.stringify([value, text, "12345678901234567891"]);
        expect(parse(json)).toEqual(JSON.parse(json));
      }),
    );
  });

  it("is no number when it is empty text or words", () => {
    expect([numberOf(""), numberOf("12 ms"), numberOf(true), numberOf("-Inf"), numberOf("1e3")]).toEqual([
      undefined,
      undefined,
      undefined,
      -Infinity,
      1000,
    ]);
  });
});
