import { describe, expect, it } from "vitest";
import { PAGE_LETTERS, readLetters, readOn, type Read } from "../../../../src/renderer/dead-letters/letters.ts";

const ALL = { sourceId: null, reason: null };

/** An engine with dead letters 1 … count, whose cursor is the last id. */
function engineWith(count: number): { readonly read: Read; readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const read: Read = ({ after, limit, rawBytes }) => {
    asked.push({ after, rawBytes });
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
  it("reads one page when no more is on screen, and no bytes", async () => {
    const { read, asked } = engineWith(2_250);
    const letters = await readLetters(read, ALL, 20);
    expect(asked).toEqual([{ after: null, rawBytes: 0 }]);
    expect(letters.rows).toHaveLength(PAGE_LETTERS);
    expect(letters.rows[0]).not.toHaveProperty("raw");
    expect(letters.total).toBe(2_250);
  });

  it("reads on from where it stopped until the wanted row is there", async () => {
    const { read, asked } = engineWith(2_250);
    const letters = await readOn(read, ALL, await readLetters(read, ALL, 1), 2_005);
    expect(asked).toEqual([null, "1000", "2000"].map((after) => ({ after, rawBytes: 0 })));
    expect(letters.rows.map(({ id }) => id)).toEqual(Array.from({ length: 2_250 }, (_, index) => index + 1));
    expect(letters.next).toBeNull();
  });

  it("is empty when nothing was lost", async () => {
    expect(await readLetters(engineWith(0).read, ALL, 1)).toMatchObject({ rows: [], total: 0, next: null });
  });
});
