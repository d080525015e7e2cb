import fc from "../../../../support/properties.ts";
import { expect, it } from "vitest";
import { ScalarReader } from "../../../../../src/main/engine/formats/support/json/scalar-bytes.ts";

/** What stands in the middle of other bytes; undefined when it is no scalar. */
function read(text: string): unknown {
  const bytes = Buffer.from(`,,,${text},,,`);
  const reader = new ScalarReader();
  reader.use(bytes);
  const end = reader.end(3, bytes.length - 2);
  return end === bytes.length - 3 ? reader.value(3, end) : undefined;
}

it("reads numbers as JSON does, to the last bit", () => {
  const digits = fc.stringMatching(/^(0|[1-9]\d{0,19})$/);
  const fraction = fc.stringMatching(/^(\.\d{1,19})?$/);
  const exponent = fc.stringMatching(/^([eE][+-]?\d{1,3})?$/);
  const text = fc.tuple(fc.constantFrom("", "-"), digits, fraction, exponent).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (number) => {
      expect(read(number)).toBe(JSON.parse(number));
    }),
    { numRuns: 2_000 },
  );
});

it.each(["-0", "9007199254740993", "1773752400.422563", "0.30000000000000004", "0.00000000000000001", "1E400"])(
  "reads %s as JSON does",
  (number) => expect(read(number)).toBe(JSON.parse(number)),
);

it("reads strings as JSON does, wherever in a word they end", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "binary-ascii" })), (string) => {
      const text = JSON.stringify(string);
      expect(read(text)).toBe(JSON.parse(text));
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  '"\x01"',
  '"a\tb"',
  '"abc\x1f',
  '"\\x"',
  '"\\u12g4"',
  '"open',
  "01",
  "1.",
  "-",
  "+1",
  ".5",
  "1e",
  "nul",
  "True",
])("takes %j for no scalar", (text) => expect(read(text)).toBeUndefined());
