import { describe, expect, it } from "vitest";
import { caseOf, checkAccounts, everything, good, goodLines } from "./support.ts";

describe("large dead letters, and many of them", () => {
  it("keeps 64 KiB of a letter of 50 MB, reads the rest from the case's text, and replays it whole", async () => {
    const line = `{"msg":"${"x".repeat(50_000_000)}`;
    const test = await caseOf({ "app.jsonl": `${goodLines(20)}${line}\n${good(30)}\n` });
    const [letter] = await test.letters();
    expect(letter).toMatchObject({ reason: "line-too-long", length: line.length, line: 21 });
    expect(letter?.raw).toHaveLength(65_536);
    const page = await test.session.reader.call("deadLetterPage", {
      choice: { which: "all", sourceId: null },
      after: null,
      lastId: Number.MAX_SAFE_INTEGER,
      limit: 10,
      quietOnly: true,
    });
    expect(Buffer.compare(page.letters[0]?.text ?? Buffer.alloc(0), Buffer.from(line))).toBe(0);
    // Too long for a line still: it stays, with what it is.
    expect(await test.replay({ format: "plain-text" })).toMatchObject({ replayed: 0, failed: 1 });
    expect((await test.letters())[0]).toMatchObject({ reason: "line-too-long", attempts: 2, length: line.length });
    expect(checkAccounts(test.file)).toEqual({ read: 22, records: 21, deadLetters: 1, skipped: 0 });
    // Text of one's own takes its place.
    const choice = { which: "ids", ids: [letter?.id ?? 0] } as const;
    expect(await test.replay({ choice, text: good(25, "cut by hand") })).toMatchObject({ replayed: 1 });
    expect(checkAccounts(test.file)).toEqual({ read: 22, records: 22, deadLetters: 0, skipped: 0 });
  });

  it("replays a letter whole that is longer than what is kept of it", async () => {
    const line = `no json ${"é".repeat(1_000_000)} the end`;
    const test = await caseOf({ "app.jsonl": `${goodLines(20)}${line}\n` });
    expect((await test.letters())[0]?.raw).toHaveLength(65_536);
    expect(await test.replay({ format: "plain-text" })).toMatchObject({ replayed: 1 });
    const selection = { ...everything, filter: '"the end"' };
    const { rows } = await test.session.reader.call("export", { selection, cursor: 0, limit: 10 });
    expect(rows).toMatchObject([{ type: "record", record: { length: Buffer.byteLength(line), message: line } }]);
  });

  it("lists, groups and replays a hundred thousand", async () => {
    const count = 100_000;
    const bad = Array.from({ length: count }, (_, index) => (index % 4 === 0 ? "[1]\n" : `broken ${index}\n`)).join("");
    const test = await caseOf({ "app.jsonl": goodLines(9_000) + bad });
    const groups = await test.session.reader.call("deadLetters.groups", {
      sourceId: null,
      bySource: false,
      examples: 3,
    });
    expect(groups.map(({ reason, count: letters }) => [reason, letters])).toEqual([
      ["invalid-json", 75_000],
      ["not-an-object", 25_000],
    ]);
    expect(await test.letters()).toHaveLength(count);
    const choice = { which: "group", reason: "not-an-object", sourceId: null } as const;
    expect(await test.replay({ choice, format: "plain-text" })).toMatchObject({ replayed: 25_000, failed: 0 });
    expect(await test.replay({ format: "plain-text" })).toMatchObject({ replayed: 75_000, failed: 0 });
    expect(checkAccounts(test.file)).toEqual({ read: 109_000, records: 109_000, deadLetters: 0, skipped: 0 });
    const { count: rows } = await test.session.reader.call("records.count", {
      selection: { ...everything, filter: "broken" },
    });
    expect(rows).toBe(75_000);
  });
});
