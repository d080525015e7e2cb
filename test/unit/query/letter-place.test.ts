import { describe, expect, it } from "vitest";
import { placeOf } from "../../../src/main/engine/query/dead-letters.ts";
import type { DeadLetter } from "../../../src/shared/model/dead-letter.ts";

const place = (raw: Uint8Array, message: string, more: Partial<DeadLetter> = {}): number | null =>
  placeOf({ raw, message, offset: 1_000, length: raw.byteLength, ...more } as DeadLetter);
const from = (character: number): string => `Line 7 at byte 1000 is not valid JSON from character ${character} on.`;

describe("the place where reading failed", () => {
  it.each<[string, Uint8Array, number, number]>([
    ["ASCII", Buffer.from('{"a":oops}'), 6, 5],
    ["text of several bytes a character", Buffer.from('{"é€😀":oops}'), 9, 13],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x22]), 5, 4],
    ["a sequence that is broken off", Buffer.from([0xe2, 0x82, 0x41, 0x42]), 2, 2],
    ["a byte order mark amid broken bytes", Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x41]), 3, 4],
    ["what ends too early", Buffer.from('{"a":'), 6, 5],
  ])("is the byte at which the character begins: %s", (_, raw, character, byte) => {
    expect(place(raw, from(character))).toBe(byte);
  });

  it("is a byte of the source that lies within the letter", () => {
    const raw = Buffer.from("0123456789");
    expect(place(raw, "Row at byte 1000: a quote at byte 1004 has no end.")).toBe(4);
    expect(place(raw, "Row at byte 1000 has 3 columns.")).toBeNull();
  });

  it("is unknown behind what is kept of a long letter", () => {
    expect(place(Buffer.from("{"), from(2), { length: 99 })).toBeNull();
  });
});
