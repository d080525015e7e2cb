import fc from "../../../support/properties.ts";
import { expect, it } from "vitest";
import { DictionaryBuilder } from "../../../../src/main/engine/store/segment/dictionary-builder.ts";
import { decodeDictionary, encodeDictionary } from "../../../../src/main/engine/store/segment/dictionary.ts";
import type { Text } from "../../../../src/shared/model/ascii-slice.ts";
import { sliceOf } from "../../../support/ascii-slice.ts";
import { type DictionaryColumn, SEGMENT_CAPACITY, textAt } from "../../../../src/shared/model/segment.ts";

function filled(values: readonly (Text | null)[]): DictionaryBuilder {
  const builder = new DictionaryBuilder();
  for (const [row, value] of values.entries()) builder.set(row, value);
  return builder;
}

/** What a reader of the case would get. */
function columnOf(builder: DictionaryBuilder, count: number): DictionaryColumn | null {
  const column = builder.column(count);
  if (column === null) return null;
  const { codec, data } = encodeDictionary(column);
  const { dictionary, index } = decodeDictionary(codec, data, count);
  return { dictionary, index };
}

it("gives each row its string, and each string one entry, through every size of the table", () => {
  const values = Array.from({ length: SEGMENT_CAPACITY }, (_, row) =>
    row % 7 === 0 ? null : row % 3 === 0 ? `shared-${row % 50}` : `${row}`.padStart(row % 100, "x"),
  );
  const column = columnOf(filled(values), values.length);
  expect(values.map((_, row) => textAt(column, row))).toEqual(values);
  expect(new Set(column?.dictionary).size).toBe(column?.dictionary.length);
});

it("stores the same whether texts come as strings or as bytes", () => {
  const text = fc.oneof(
    fc.stringMatching(/^[0-9a-f]{1,40}$/),
    fc.string({ unit: "binary-ascii", maxLength: 100 }),
    fc.constantFrom(
      "",
      "a",
      "ab",
      "abc",
      "abcd",
      "\0",
      "\x7f",
      "\ud800",
      "\udc00",
      "ü",
      "x".repeat(64),
      "x".repeat(65),
    ),
  );
  const row = fc.option(fc.tuple(text, fc.nat({ max: 9 })));
  const isAscii = (value: string): boolean => /^[\0-\x7f]*$/.test(value);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 600 }), (rows) => {
      const strings = rows.map((one) => one?.[0] ?? null);
      const bytes = rows.map((one) => (one === null || !isAscii(one[0]) ? (one?.[0] ?? null) : sliceOf(...one)));
      // Either way from row to row, too.
      const mixed = bytes.map((value, at) => (at % 2 === 0 ? (strings[at] ?? null) : value));
      const stored = [strings, bytes, mixed].map((values) => filled(values).column(rows.length));
      expect(stored[1]).toEqual(stored[0]);
      expect(stored[2]).toEqual(stored[0]);
      const column = columnOf(filled(bytes), rows.length);
      expect(strings.map((_, at) => textAt(column, at))).toEqual(strings);
      expect(column?.dictionary ?? []).toEqual([...new Set(strings.filter((value) => value !== null))]);
    }),
    { numRuns: 100 },
  );
});

it("keeps what was there when a slice goes on to other bytes", () => {
  const slice = sliceOf("0123456789abcdef");
  const builder = filled([slice]);
  const other = sliceOf("fedcba9876543210", 3);
  slice.set(other.view, other.from, other.to);
  builder.set(1, slice);
  expect(columnOf(builder, 2)?.dictionary).toEqual(["0123456789abcdef", "fedcba9876543210"]);
});

it("knows nothing of the strings before it was cleared", () => {
  const builder = filled(["a", "b", "a", "x".repeat(100)]);
  builder.clear();
  builder.set(0, "b");
  expect(columnOf(builder, 1)).toEqual({ dictionary: ["b"], index: new Uint8Array([1]) });
});

it("is full before its strings are too long to be joined", () => {
  const long = "x".repeat(16 * 1_024 * 1_024 - 1);
  expect(filled([`${long}1`]).full).toBe(false);
  expect(filled([`${long}1`, `${long}2`]).full).toBe(true);
});

it("has no column when no row has a string", () => {
  expect(filled([null, null]).column(2)).toBeNull();
});
