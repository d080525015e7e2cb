/** What is done to which letters, and the words for it. */
import { describe, expect, it } from "vitest";
import { characterAt, indexOfByte } from "../../../../src/renderer/dead-letters/bytes.ts";
import { digitsAt, hexRow } from "../../../../src/renderer/dead-letters/hex.ts";
import { toggled, widened } from "../../../../src/renderer/dead-letters/marked.ts";
import { targetOf } from "../../../../src/renderer/dead-letters/target.ts";
import { discardWords, replayWords, verdictWords } from "../../../../src/renderer/dead-letters/words.ts";

const NONE = new Set<number>();

describe("what a command is done to", () => {
  const listed = { sourceId: null, reason: null, text: "", total: 12, marked: NONE };

  it("is everything when nothing is narrowed or marked", () => {
    expect(targetOf(listed)).toEqual({
      choice: { which: "all", sourceId: null },
      count: 12,
      words: "all 12 dead letters",
    });
  });

  it("is the group of the chosen reason, within the chosen source", () => {
    expect(targetOf({ ...listed, reason: "invalid-json", sourceId: 3 })).toEqual({
      choice: { which: "group", reason: "invalid-json", sourceId: 3 },
      count: 12,
      words: "all 12 of “Invalid JSON” of this source",
    });
  });

  it("is what holds the words that were typed", () => {
    expect(targetOf({ ...listed, text: " quota ", sourceId: 3 })).toEqual({
      choice: { which: "all", sourceId: 3, text: "quota" },
      count: 12,
      words: "all 12 dead letters with “quota” of this source",
    });
  });

  it("is the marked letters, whatever is listed", () => {
    expect(targetOf({ ...listed, reason: "invalid-json", marked: new Set([4, 7]) })).toEqual({
      choice: { which: "ids", ids: [4, 7] },
      count: 2,
      words: "the 2 marked dead letters",
    });
  });

  it("is nothing when nothing is listed", () => {
    expect(targetOf({ ...listed, total: 0 })).toBeNull();
  });
});

describe("marking letters", () => {
  it("marks a letter, and takes the mark back", () => {
    const once = toggled({ ids: NONE, from: null }, 11, 1);
    expect([[...once.ids], once.from]).toEqual([[11], 1]);
    expect([...toggled(once, 11, 1).ids]).toEqual([]);
  });

  it("marks all of a range besides those that are marked", () => {
    const once = toggled({ ids: NONE, from: null }, 13, 3);
    expect(widened(once, [11, 12, 13], 1)).toEqual({ ids: new Set([11, 12, 13]), from: 1 });
  });
});

describe("the place at which reading failed", () => {
  const bytes = new TextEncoder().encode("aé€b");

  it("is the whole character that the byte belongs to", () => {
    expect(characterAt(bytes, 0)).toEqual({ start: 0, end: 1 });
    expect(characterAt(bytes, 2)).toEqual({ start: 1, end: 3 });
    expect(characterAt(bytes, 4)).toEqual({ start: 3, end: 6 });
  });

  it("is one byte where the bytes are no UTF-8", () => {
    expect(characterAt(new Uint8Array([0x61, 0x80, 0x80, 0x62]), 2)).toEqual({ start: 2, end: 3 });
  });

  it("is empty behind the last byte", () => {
    expect(characterAt(bytes, 7)).toEqual({ start: 7, end: 7 });
    expect(characterAt(bytes, 99)).toEqual({ start: 7, end: 7 });
  });

  it("stands in the hexadecimal digits where the byte does", () => {
    for (const perRow of [8, 16]) {
      const all = Uint8Array.from({ length: perRow }, (_, index) => 0xa0 + index);
      const { hex } = hexRow(all, 0, perRow, 0);
      for (const [column, byte] of all.entries()) {
        expect(hex.slice(digitsAt(column, perRow)).slice(0, 2)).toBe(byte.toString(16));
      }
    }
  });

  it("is found in a text by its byte, past characters of several bytes", () => {
    expect(indexOfByte("aé€b", 0)).toBe(0);
    expect(indexOfByte("aé€b", 2)).toBe(1);
    expect(indexOfByte("aé€b", 6)).toBe(3);
    expect(indexOfByte("😀b", 4)).toBe(2);
    expect(indexOfByte("ab", 99)).toBe(2);
  });
});

describe("results in words", () => {
  it("counts what was replayed, what failed again and what was skipped", () => {
    expect(replayWords({ replayed: 1312, failed: 4, skipped: 0, cancelled: false })).toBe(
      "1,312 replayed, 4 failed again, 0 skipped",
    );
  });

  it("says that a stopped replay left the others as they were", () => {
    expect(replayWords({ replayed: 3, failed: 0, skipped: 1, cancelled: true })).toBe(
      "Stopped: 3 replayed, 0 failed again, 1 skipped; the others were left as they are",
    );
  });

  it("says which discarded letters were left alone", () => {
    expect(discardWords(1, 0)).toBe("1 dead letter discarded");
    expect(discardWords(5, 2)).toBe(
      "5 dead letters discarded, 2 left alone: gone already, or their source is being read",
    );
  });

  it("says what a text would become", () => {
    const nothing = { format: "json-lines", recordCount: 0, faultCount: 0, skipped: {} };
    expect(verdictWords({ ...nothing, recordCount: 1 })).toBe("1 record as json-lines");
    expect(verdictWords({ ...nothing, recordCount: 2, faultCount: 1 })).toBe("2 records, 1 fault as json-lines");
    expect(verdictWords({ ...nothing, skipped: { "blank line": 1 } })).toBe("1 skipped (blank line) as json-lines");
    expect(verdictWords(nothing)).toBe("Nothing is left to read as json-lines");
  });
});
