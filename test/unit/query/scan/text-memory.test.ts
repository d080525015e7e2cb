// What the fast code finds is what a plain loop finds.
import fc from "../../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { fastFinders } from "../../../../src/main/engine/query/scan/finders.ts";
import { eitherCase, exactly } from "../../../../src/main/engine/query/scan/literal.ts";
import { openingOf } from "../../../../src/main/engine/query/scan/opening.ts";
import { TextMemory, type Target } from "../../../../src/main/engine/query/scan/text-memory.ts";

const bytes = fc
  .array(fc.constantFrom("a", "A", "k", "K", "@", "`", "[", "{", "\0", "\r\n", " ", "é", "\u212a", "ß"), {
    maxLength: 60,
  })
  .map((parts) => Buffer.from(parts.join("")));
const literal = fc
  .tuple(fc.constantFrom(exactly, eitherCase), fc.string({ unit: fc.constantFrom("a", "A", "k", "@", "{", "é", "\0") }))
  .filter(([, text]) => text !== "")
  .map(([make, text]) => make(text));

const setOf = (characters: readonly string[]): Uint8Array => {
  const set = new Uint8Array(128);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
};
const opening = fc
  .array(fc.array(fc.constantFrom("a", "A", "k", "@", "{", "\0", "\r", "\n", " ")).map(setOf), {
    minLength: 1,
    maxLength: 3,
  })
  .map(openingOf);

function places(memory: TextMemory, literals: readonly Target[], text: Buffer): number[][] {
  memory.look(literals);
  const { start } = memory;
  memory.reserve(start + text.length);
  text.copy(memory.bytes, start);
  return literals.map((_, number) => {
    const found = [];
    const end = start + text.length;
    for (let at = memory.find(number, start, end); at !== -1; at = memory.find(number, at + 1, end))
      found.push(at - start);
    return found;
  });
}

describe("text memory", () => {
  it("finds in fast code each place that a plain loop finds, whatever it held before", () => {
    const fast = new TextMemory();
    const plain = new TextMemory(true);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(literal, opening), { minLength: 1, maxLength: 3 }),
        bytes,
        fc.nat(40),
        (literals, text, times) => {
          const repeated = Buffer.concat(Array.from({ length: times }, () => text));
          expect(places(fast, literals, repeated)).toEqual(places(plain, literals, repeated));
        },
      ),
      { numRuns: 400 },
    );
  });

  it("finds a literal in each position of the sixteen bytes that are looked at together, and up to the end", () => {
    const memory = new TextMemory();
    for (let at = 0; at < 40; at += 1) {
      const text = Buffer.alloc(at + 5, "x");
      text.write("Error", at, "latin1");
      expect(places(memory, [eitherCase("error"), exactly("error"), exactly("Error")], text)).toEqual([[at], [], [at]]);
    }
  });

  it("finds an opening by each of its characters, and by whatever is beyond ASCII", () => {
    const memory = new TextMemory();
    const digit = setOf("0123456789".split(""));
    const at = (text: string): number[] | undefined =>
      places(memory, [openingOf([setOf(["x"]), digit, setOf(["a", "A"])])], Buffer.from(text))[0];
    expect(at(`${"-".repeat(20)}x9a x9b xaa 99a x9A`)).toEqual([20, 36]);
    expect(at("x9é")).toEqual([0]);
    expect(at("9éab")).toEqual([1, 2]);
    expect(places(memory, [openingOf([digit])], Buffer.from("7"))).toEqual([[0]]);
  });

  it("takes letters of the other case for the same and no other sign that differs in that bit", () => {
    const memory = new TextMemory();
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const standsAt = (text: string): number[] | undefined => places(memory, [eitherCase(text)], all)[0];
    expect(standsAt("z")).toEqual([0x5a, 0x7a]);
    expect(standsAt("@")).toEqual([0x40]);
    expect(standsAt("`")).toEqual([0x60]);
    expect(standsAt("{")).toEqual([0x7b]);
  });

  it("is fast on this runtime, up to where its places are no longer numbers of 32 bits", () => {
    expect(fastFinders(1)).not.toBeNull();
    expect(fastFinders(32_769)).toBeNull();
  });

  it("gives back what a huge text took", () => {
    const memory = new TextMemory();
    memory.look([exactly("a")]);
    memory.reserve(40 * 2 ** 20);
    expect(memory.bytes.length).toBeGreaterThan(40 * 2 ** 20);
    memory.look([exactly("a")]);
    expect(memory.bytes.length).toBeLessThan(2 ** 20);
  });
});
