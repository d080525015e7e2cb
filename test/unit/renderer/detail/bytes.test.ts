import { expect, it } from "vitest";
import { hexLines, looseText, textOf } from "../../../../src/renderer/detail/bytes.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it("is text where it is well-formed", () => {
  expect(textOf(bytes("zeit=größer"))).toBe("zeit=größer");
  expect(textOf(Uint8Array.of(0x61, 0xff))).toBeNull();
  expect(textOf(Uint8Array.of(0x61, 0))).toBeNull();
});

it("shows what it can of anything", () => expect(looseText(Uint8Array.of(0x61, 0xff))).toBe("a\ufffd"));

it("dumps sixteen bytes a line from its place in the source", () => {
  const lines = hexLines(bytes("0123456789abcdefXY\n"), 0x1f0, 10);
  expect(lines).toEqual([
    { offset: "000001f0", hex: "30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66", text: "0123456789abcdef" },
    { offset: "00000200", hex: `58 59 0a${" ".repeat(40)}`, text: "XY·" },
  ]);
});

it("stops where it was told to", () => expect(hexLines(new Uint8Array(1_000), 0, 3)).toHaveLength(3));
