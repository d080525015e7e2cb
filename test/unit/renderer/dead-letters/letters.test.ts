import { describe, expect, it } from "vitest";
import {
  PAGE_LETTERS,
  readLetter,
  readLetters,
  readOn,
  type Read,
} from "../../../../src/renderer/dead-letters/letters.ts";

const ALL = { sourceId: null, reason: null };

/** An engine with dead letters 1 … count, whose cursor is the last id. */
function engineWith(count: number): { readonly read: Read; readonly asked: (string | null)[] } {
  const asked: (string | null)[] = [];
  const read: Read = ({ after, limit }) => {
    asked.push(after);
    const first = after === null ? 1 : Number(after) + 1;
    const last = Math.min(count, first + limit - 1);
    const items = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => letterOf(first + index));
    return Promise.resolve({
      items,
      total: count,
      next: last < count ? String(last) : null,
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
  it("reads one page when no more is on screen", async () => {
    const { read, asked } = engineWith(250);
    const letters = await readLetters(read, ALL, 20);
    expect(asked).toEqual([null]);
    expect(letters.rows).toHaveLength(PAGE_LETTERS);
    expect(letters.total).toBe(250);
  });

  it("reads on from where it stopped until the wanted row is there", async () => {
    const { read, asked } = engineWith(250);
    const letters = await readOn(read, ALL, await readLetters(read, ALL, 1), 205);
    expect(asked).toEqual([null, "100", "200"]);
    expect(letters.rows.map(({ id }) => id)).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    expect(letters.next).toBeNull();
  });

  it("keeps no bytes, and has those of one letter by reading its page again", async () => {
    const { read, asked } = engineWith(250);
    const letters = await readLetters(read, ALL, 250);
    expect(letters.rows[149]).not.toHaveProperty("raw");
    asked.length = 0;
    const letter = await readLetter(read, ALL, letters, 150);
    expect(letter?.raw).toEqual(new Uint8Array([150]));
    expect(asked).toEqual(["100"]);
  });

  it("says that a letter is gone when its page no longer holds it", async () => {
    const letters = await readLetters(engineWith(10).read, ALL, 10);
    expect(await readLetter(engineWith(3).read, ALL, letters, 8)).toBeNull();
    expect(await readLetter(engineWith(10).read, ALL, letters, 99)).toBeNull();
  });

  it("is empty when nothing was lost", async () => {
    expect(await readLetters(engineWith(0).read, ALL, 1)).toMatchObject({ rows: [], total: 0, next: null });
  });
});
