import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { IdCodes } from "../../../src/main/engine/query/id-codes.ts";

describe("numbers for ids", () => {
  it("are given in the order in which ids are met, the same for the same id", () => {
    const codes = new IdCodes();
    expect([...codes.of(["00f067aa0ba902b7", "span-1", "00f067aa0ba902b8", "span-1", "00f067aa0ba902b7"])]).toEqual([
      0, 1, 2, 3, 2, 1,
    ]);
    expect(codes.size).toBe(4);
  });

  it("tell apart what reads as the same number", () => {
    const codes = new IdCodes();
    const alike = ["00000000000000ff", "ff", "0ff", "00000000000000FF", "00000000000000f ", "0x000000000000ff"];
    expect(new Set(alike.map((id) => codes.codeOf(id))).size).toBe(alike.length);
  });

  it("are those of a Map, whatever the ids and however many", () => {
    const hexadecimal = fc.string({
      unit: fc.constantFrom(..."0123456789abcdef".split("")),
      minLength: 16,
      maxLength: 16,
    });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(hexadecimal, fc.string(), fc.constantFrom("a".repeat(16), "0".repeat(16)))),
        (ids) => {
          const codes = new IdCodes();
          const map = new Map<string, number>();
          for (const id of ids) if (!map.has(id)) map.set(id, map.size + 1);
          expect(ids.map((id) => codes.codeOf(id))).toEqual(ids.map((id) => map.get(id)));
          expect(codes.size).toBe(map.size + 1);
        },
      ),
    );
  });

  it("grow beyond what was expected", () => {
    const codes = new IdCodes(4);
    const ids = Array.from({ length: 5_000 }, (_, at) => (at * 2_654_435_761).toString(16).padStart(16, "0"));
    for (const id of ids) codes.codeOf(id);
    expect(ids.map((id) => codes.codeOf(id))).toEqual(ids.map((_, at) => at + 1));
  });
});
