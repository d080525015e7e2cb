import fc from "../../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { parseJsonPrefix } from "../../../../../src/main/engine/formats/support/json/prefix.ts";

describe("the beginning of a JSON document", () => {
  it.each([
    ['{"a":1,"b":[1,2,{"c":"xy', { a: 1, b: [1, 2, { c: "xy" }] }],
    ['{"a":"x\\u00', { a: "x" }],
    ['["x\\\\', ["x\\"]],
    ['["x\\', ["x"]],
    ['{"a":12', {}],
    ['{"a":1,"b":tru', { a: 1 }],
    ['{"a":1,"lev', { a: 1 }],
    ["[", []],
    ['{"a":1}\n{"a":2}', { a: 1 }],
    ['\uFEFF [ {"a" : null } , ', [{ a: null }]],
  ])("closes what is open in %j", (text, value) => {
    expect(parseJsonPrefix(text)).toEqual(value);
  });

  it.each(["", "x", '"text"', "[INFO] started", "[2024-01-01 10:00:00] started", "{foo}"])("is not in %j", (text) => {
    expect(parseJsonPrefix(text)).toBeUndefined();
  });

  it("keeps __proto__ as a key like any other", () => {
    const value = parseJsonPrefix('{"__proto__":{"admin":true},"x":1}') as object;
    expect(Object.keys(value)).toEqual(["__proto__", "x"]);
    expect("admin" in value).toBe(false);
  });

  it("reads 100,000 levels without overflowing the stack", () => {
    let depth = 0;
    for (let value = parseJsonPrefix("[".repeat(100_000)); Array.isArray(value); value = value[0]) depth++;
    expect(depth).toBe(100_000);
  });

  it("reads a whole document as JSON.parse does, and any beginning of it without throwing", () => {
    const containers = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(containers, fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        expect(parseJsonPrefix(text)).toEqual(JSON.parse(text));
        parseJsonPrefix(text.slice(0, cut % (text.length + 1)));
      }),
    );
  });
});
