import { expect, it } from "vitest";
import { encodeHex, HexTexts } from "../../../../src/main/engine/store/segment/hex-texts.ts";

const encoded = (...texts: readonly string[]) => encodeHex(Buffer.from(texts.join(""), "latin1"), texts.length);
const read = (...texts: readonly string[]): readonly string[] => {
  const hex = new HexTexts(encoded(...texts) ?? new Uint8Array(0), texts.length);
  expect(texts.map((_, index) => hex.entry(index))).toEqual(hex.all());
  return hex.all();
};

it("takes half a byte a digit", () => {
  const ids = ["582b3539eb23f47807879a7935f7afb1", "402366eb9a2cb9308ebb9904186ac1ef"];
  expect(read(...ids)).toEqual(ids);
  expect(encoded(...ids)).toHaveLength(1 + 32 + 2 * 16);
});
it.each([
  ["what stands before them", ["req-4388e035cf75", "req-fce523f411f3"]],
  ["what stands between them", ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-00000000000a"]],
  ["an odd number of them", ["0123456789abcde", "fedcba987654321"]],
])("keeps %s", (_, ids) => expect(read(...ids)).toEqual(ids));
it.each([
  ["of capitals", ["15CAFB9D7E66B976", "8A8F67B5FBA14640"]],
  ["of which one has a capital", ["15cafb9d7e66b976", "8a8f67b5fbA14640"]],
  ["that differ in more than digits", ["req-4388e035cf75", "job-fce523f411f3"]],
  ["of several lengths", ["15cafb9d7e66b976", "8a8f67b5fba146400"]],
  ["that are counters", ["0000000000104711", "0000000000104712"]],
  ["of few digits", ["worker-1a", "worker-2b"]],
  ["beyond ASCII", ["\u00e44388e035cf75", "\u00e4fce523f411f3"]],
  ["with a byte that marks digits", ["\u00004388e035cf75", "\u0000fce523f411f3"]],
])("leaves texts %s as they are", (_, texts) => expect(encoded(...texts)).toBeNull());
it("gives single texts by themselves as it gives them out of all", () => {
  const ids = Array.from({ length: 64 }, (_, row) => `req-${(0xabcdef012345 - row * 7_919).toString(16)}`);
  const hex = new HexTexts(encoded(...ids) ?? new Uint8Array(0), ids.length);
  expect(ids.map((_, row) => hex.entry(row))).toEqual(ids);
});
it("refuses digits that were cut off", () => {
  const whole = encoded("15cafb9d7e66b976", "8a8f67b5fba14640") ?? new Uint8Array(0);
  expect(() => new HexTexts(whole.subarray(0, -1), 2)).toThrow("has 15 bytes of digits where 16 belong");
});
