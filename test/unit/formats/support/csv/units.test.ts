// Cells of one column may be written in several units: they must give numbers that can be compared.
import { expect, it } from "vitest";
import { numberOf } from "../../../../../src/main/engine/formats/support/csv/cells.ts";

it.each([
  ["20 ms", 0.02],
  ["1.2 s", 1.2],
  ["3 min", 180],
  ["250µs", 0.000_25],
  ["45.5%", 45.5],
  ["512 MiB", 512 * 1_024 ** 2],
  ["1.5 GB", 1.5e9],
  ["1.2 K req/s", 1_200],
  ["900 req/s", 900],
  ["2 Mil", 2e6],
  ["-4 ms", -0.004],
])("reads %s as %d", (cell, value) => {
  expect(numberOf(cell, ",")).toBeCloseTo(value, 9);
});

it("reads a comma as the decimal mark where it does not separate cells", () => {
  expect(numberOf("45,5%", ";")).toBe(45.5);
  expect(numberOf("45,5%", ",")).toBeUndefined();
});

it.each(["12 parsecs", "ms", "1.2.3 s", "4 dogs/cats", "error", "10:00 s"])("reads no number in %s", (cell) => {
  expect(numberOf(cell, ",")).toBeUndefined();
});
