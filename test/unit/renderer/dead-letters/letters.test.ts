import { describe, expect, it } from "vitest";
import {
  hasRows,
  letterAt,
  PAGE_LETTERS,
  readIds,
  readRows,
  rowOf,
  shownLetters,
  type Read,
} from "../../../../src/renderer/dead-letters/letters.ts";

const ALL = { sourceId: null, reason: null, text: "" };

/** An engine with dead letters 1 … count. */
function engineWith(count: number): { readonly read: Read; readonly asked: (number | undefined)[] } {
  const asked: (number | undefined)[] = [];
  const read: Read = ({ offset = 0, limit, rawBytes }) => {
    expect(rawBytes).toBe(0);
    asked.push(offset);
    const length = Math.max(0, Math.min(count - offset, limit));
    const items = Array.from({ length }, (_, index) => letterOf(offset + index + 1));
    return Promise.resolve({
      items,
      total: count,
      next: null,
      searched: 1,
      reasons: [{ reason: "invalid-json", count }],
    });
  };
  return { read, asked };
}

const letterOf = (id: number) => ({
  id,
  sourceId: 1,
  path: "/d/app.jsonl",
  connector: "file",
  format: "json-lines",
  formatVersion: 1,
  key: String(id),
  edited: false,
  generation: 0,
  offset: id * 10,
  length: 4,
  line: id,
  stage: "parse" as const,
  reason: "invalid-json",
  message: `Line ${id} is not valid JSON.`,
  raw: new Uint8Array([id % 256]),
  attempts: 1,
  firstAt: 0,
  lastAt: 0,
});

describe("the list of dead letters", () => {
  it("reads the page that is on screen, and no bytes", async () => {
    const { read, asked } = engineWith(2_250);
    const letters = await readRows(read, ALL, { first: -20, end: 40 }, null);
    expect(asked).toEqual([0]);
    expect([letters.total, letterAt(letters, 0)?.id, letterAt(letters, PAGE_LETTERS)]).toEqual([2_250, 1, undefined]);
    expect(letterAt(letters, 0)).not.toHaveProperty("raw");
  });

  it("is at its end with one question, however long it is", async () => {
    const { read, asked } = engineWith(1_000_000);
    const start = await readRows(read, ALL, { first: 0, end: 1 }, null);
    const letters = await readRows(read, ALL, { first: 999_999, end: 1_000_020 }, start);
    expect(asked).toEqual([0, 999_800]);
    expect(letterAt(letters, 999_999)?.id).toBe(1_000_000);
    expect([rowOf(letters, 1_000_000), rowOf(letters, 1), rowOf(letters, 5_000)]).toEqual([999_999, 0, -1]);
    expect([hasRows(letters, { first: 999_900, end: 1_000_050 }), hasRows(letters, { first: 300, end: 301 })]).toEqual([
      true,
      false,
    ]);
    expect(await readRows(read, ALL, { first: 999_900, end: 1_000_050 }, letters)).toMatchObject({ total: 1_000_000 });
    expect(asked).toHaveLength(2);
    expect(shownLetters(letters)).toHaveLength(2 * PAGE_LETTERS);
  });

  it("lets go of the pages that were read first", async () => {
    const { read } = engineWith(100_000);
    let letters = await readRows(read, ALL, { first: 0, end: 1 }, null);
    for (let row = 0; row < 40_000; row += PAGE_LETTERS)
      letters = await readRows(read, ALL, { first: row, end: row + 1 }, letters);
    expect(letters.pages.size).toBe(64);
    expect([letterAt(letters, 0), letterAt(letters, 39_900)?.id]).toEqual([undefined, 39_901]);
  });

  it("shows its end when it has become shorter than what was on screen", async () => {
    const letters = await readRows(engineWith(150).read, ALL, { first: 4_000, end: 4_040 }, null);
    expect(letterAt(letters, 149)?.id).toBe(150);
  });

  it("names all letters of a range, whether or not they were on screen", async () => {
    const { read } = engineWith(5_000);
    expect(await readIds(read, ALL, 10, 2_509)).toEqual(Array.from({ length: 2_500 }, (_, index) => 11 + index));
    expect(await readIds(read, ALL, 4_990, 9_000)).toHaveLength(10);
  });

  it("is empty when nothing was lost", async () => {
    const letters = await readRows(engineWith(0).read, ALL, { first: 0, end: 40 }, null);
    expect([letters.total, shownLetters(letters), letterAt(letters, 0)]).toEqual([0, [], undefined]);
  });
});
