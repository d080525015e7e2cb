import { describe, expect, it } from "vitest";
import { hexDump, hexRow, hexRowCount } from "../../../../src/renderer/dead-letters/hex.ts";
import { textPieces } from "../../../../src/renderer/dead-letters/raw-text.ts";
import { reasonWords } from "../../../../src/renderer/dead-letters/words.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const shown = (bytes: Uint8Array): readonly (readonly [string, string])[] =>
  textPieces(bytes).map(({ kind, text }) => [kind, text]);

describe("the bytes of a dead letter as text", () => {
  it("leaves ordinary text of any script as it is", () => {
    expect(shown(utf8("naïve 日本 🚒\n\ttab"))).toEqual([["text", "naïve 日本 🚒\n\ttab"]]);
  });

  it("writes out what would hide or reorder its neighbours", () => {
    expect(shown(utf8("a\u0000b\u001b[31m\u202egnp.exe"))).toEqual([
      ["text", "a"],
      ["control", "‹NUL›"],
      ["text", "b"],
      ["control", "‹ESC›"],
      ["text", "[31m"],
      ["control", "‹U+202E›"],
      ["text", "gnp.exe"],
    ]);
  });

  it("writes out bytes that are no UTF-8, each for itself", () => {
    expect(shown(new Uint8Array([0x61, 0xff, 0xfe, 0x62]))).toEqual([
      ["text", "a"],
      ["byte", "‹FF›‹FE›"],
      ["text", "b"],
    ]);
  });

  it.each([
    ["an overlong slash", [0xc0, 0xaf]],
    ["an overlong NUL of three bytes", [0xe0, 0x80, 0x80]],
    ["half of a surrogate pair", [0xed, 0xa0, 0x80]],
    ["a character beyond the last one", [0xf4, 0x90, 0x80, 0x80]],
    ["a character cut by the end", [0xe6, 0x97]],
  ])("takes %s for bytes", (_, bytes) => {
    expect(textPieces(new Uint8Array(bytes)).map(({ kind }) => kind)).toEqual(["byte"]);
  });

  it("keeps the byte order mark in sight", () => {
    expect(shown(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b]))).toEqual([
      ["control", "‹U+FEFF›"],
      ["text", "{"],
    ]);
  });

  it("tells a control from the picture of one that stands in the text itself", () => {
    expect(shown(utf8("␀\u0000"))).toEqual([
      ["text", "␀"],
      ["control", "‹NUL›"],
    ]);
  });

  it("gives every piece its own place", () => {
    const pieces = textPieces(utf8("a\u0007b\u0007c"));
    expect(pieces.map(({ at }) => at)).toEqual([0, 1, 6, 7, 12]);
  });
});

describe("the bytes of a dead letter as hexadecimal digits", () => {
  it("counts offsets from the beginning of the source", () => {
    expect(hexRow(utf8('{"a": 1\n'), 0, 8, 4096)).toEqual({
      offset: "001000",
      hex: "7b 22 61 22 3a 20 31 0a",
      ascii: '{"a": 1·',
    });
  });

  it("keeps the columns of a short last row", () => {
    const bytes = utf8("0123456789");
    expect(hexRowCount(bytes.length, 8)).toBe(2);
    expect(hexDump(bytes, 8, 0).split("\n")).toEqual([
      "000000  30 31 32 33 34 35 36 37  01234567",
      "000008  38 39                    89",
    ]);
  });
});

it.each([
  ["invalid-json", "Invalid JSON"],
  ["no-trace-id", "No trace ID"],
  ["line-too-long", "Line too long"],
])("the reason %s reads %s", (reason, words) => {
  expect(reasonWords(reason)).toBe(words);
});
