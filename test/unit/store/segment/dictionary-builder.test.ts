import { expect, it } from "vitest";
import { DictionaryBuilder } from "../../../../src/main/engine/store/segment/dictionary-builder.ts";
import { SEGMENT_CAPACITY, textAt } from "../../../../src/shared/model/segment.ts";

function filled(values: readonly (string | null)[]): DictionaryBuilder {
  const builder = new DictionaryBuilder();
  for (const [row, value] of values.entries()) builder.set(row, value);
  return builder;
}

it("gives each row its string, and each string one entry, through every size of the table", () => {
  const values = Array.from({ length: SEGMENT_CAPACITY }, (_, row) =>
    row % 7 === 0 ? null : row % 3 === 0 ? `shared-${row % 50}` : `${row}`.padStart(row % 100, "x"),
  );
  const column = filled(values).column(values.length);
  expect(values.map((_, row) => textAt(column, row))).toEqual(values);
  expect(new Set(column?.dictionary).size).toBe(column?.dictionary.length);
});

it("knows nothing of the strings before it was cleared", () => {
  const builder = filled(["a", "b", "a"]);
  builder.clear();
  builder.set(0, "b");
  expect(builder.column(1)).toEqual({ dictionary: ["b"], index: new Uint8Array([1]) });
});

it("is full before its strings are too long to be joined", () => {
  const long = "x".repeat(16 * 1_024 * 1_024 - 1);
  expect(filled([`${long}1`]).full).toBe(false);
  expect(filled([`${long}1`, `${long}2`]).full).toBe(true);
});

it("has no column when no row has a string", () => {
  expect(filled([null, null]).column(2)).toBeNull();
});
