import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCase } from "../../../src/main/engine/store/case-file.ts";
import { CASE_MIGRATIONS } from "../../../src/main/engine/store/case-migrations.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { openCaseWriter } from "../../../src/main/engine/store/open-case-writer.ts";
import { listDeadLetters } from "../../../src/main/engine/store/dead-letters/list.ts";
import { getDeadLetter } from "../../../src/main/engine/store/dead-letters/queries.ts";
import { openWriter } from "../../../src/main/engine/store/sqlite.ts";
import type { DeadLetterInput } from "../../../src/shared/model/dead-letter.ts";
import { failureOf, newCase, newSource, temporaryFolder } from "./support.ts";

const letter = (more: Partial<DeadLetterInput> = {}): DeadLetterInput => ({
  offset: 0,
  length: 3,
  line: 1,
  stage: "parse",
  reason: "invalid-json",
  message: "Line 1 is no JSON",
  raw: Buffer.from("abc"),
  ...more,
});

const counted = (deadLetters: number) => ({
  accounting: { read: deadLetters, records: 0, deadLetters, skipped: 0, skippedWhy: {} },
});
const page = { limit: 100, after: null };
const everyone = { sourceId: null, reason: null };

describe("dead letters in a case", () => {
  it("have a key that the same bytes at the same place always have, and that is theirs alone", () => {
    const keysOf = (letters: readonly DeadLetterInput[]): string[] => {
      const { writer } = newCase();
      const { sourceId } = writer.addSource(newSource());
      writer.commit({ sourceId, segments: [], blocks: [], deadLetters: letters, change: counted(letters.length) });
      return listDeadLetters(writer.db, everyone, page).items.map(({ key }) => key);
    };
    const letters = [letter(), letter(), letter({ offset: 9 }), letter({ raw: Buffer.from("abd") })];
    expect(new Set(keysOf(letters)).size).toBe(4);
    expect(keysOf(letters)).toEqual(keysOf(letters));
  });

  it("come along when a case of version 1 is brought up to date, which is backed up before", () => {
    const file = join(temporaryFolder(), "old.faultline");
    createCase(file, "old", 0, CASE_MIGRATIONS.slice(0, 1));
    const old = openWriter(file, { create: false, readers: false });
    old.exec(`
      INSERT INTO source (path, connector, zone, identity, bytes, read, dead_letters, state, added_at)
      VALUES ('app.jsonl', 'file', 'UTC', '1', 9, 3, 3, 'done', 0);
      INSERT INTO dead_letter (source_id, byte_offset, byte_length, line, stage, reason, message, raw, raw_hash,
                               connector, format, format_version, first_at, last_at)
      VALUES (1, 0, 3, 1, 'parse', 'invalid-json', 'm', x'616263', x'00112233445566778899aabbccddeeff00', 'file', 'json-lines', 1, 5, 5),
             (1, 0, 3, 1, 'parse', 'no-time', 'm', x'616263', x'00112233445566778899aabbccddeeff00', 'file', 'json-lines', 1, 5, 5),
             (1, 4, 3, 2, 'parse', 'no-time', 'm', x'616263', x'00112233445566778899aabbccddeeff00', 'file', 'json-lines', 1, 6, 6);
    `);
    old.close();
    const writer = openCaseWriter({ file, create: false, title: "" });
    onTestFinished(() => writer[Symbol.dispose]());
    expect(existsSync(writer.backup ?? "")).toBe(true);
    const { items } = listDeadLetters(writer.db, everyone, page);
    expect(items.map(({ key }) => key)).toEqual([
      "0-3-00112233445566778899aabbccddeeff",
      "0-3-00112233445566778899aabbccddeeff-2",
      "4-3-00112233445566778899aabbccddeeff",
    ]);
    using reader = openCaseReader(file);
    expect(reader.sources()).toMatchObject([{ deadLetters: 3, deadLettersDropped: 0 }]);
    expect(writer.discardDeadLetters({ choice: { which: "all", sourceId: null }, reason: "old" })).toMatchObject({
      discarded: 3,
    });
  });

  it("are stored with what counts them, or the whole part is refused", () => {
    const { writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const commit = (raw: unknown) =>
      writer.commit({
        sourceId,
        segments: [],
        blocks: [],
        deadLetters: [letter(), letter({ raw: raw as Uint8Array })],
        change: counted(2),
      });
    expect(() => commit(null)).toThrow(/null/u);
    expect(listDeadLetters(writer.db, everyone, page).total).toBe(0);
    expect(writer.db.prepare("SELECT dead_letters FROM source").get()).toEqual({ dead_letters: 0 });
    commit(Buffer.from("x"));
    expect(listDeadLetters(writer.db, everyone, page).total).toBe(2);
  });

  it("are counted where they are not kept", () => {
    const { writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const batch = { sourceId, segments: [], blocks: [], deadLetters: [letter()] };
    expect(failureOf(() => writer.commit({ ...batch, change: counted(3) })).reason).toBe("accounting");
    writer.commit({ ...batch, droppedLetters: 2, change: counted(3) });
    expect(writer.db.prepare("SELECT dead_letters, dead_letters_dropped FROM source").get()).toEqual({
      dead_letters: 3,
      dead_letters_dropped: 2,
    });
  });

  it("go with their source, and all that was remembered of them", () => {
    const { writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const letters = [letter(), letter({ offset: 5 })];
    writer.commit({
      sourceId,
      segments: [],
      blocks: [],
      deadLetters: letters,
      change: { ...counted(2), state: "done" },
    });
    const [first, second] = listDeadLetters(writer.db, everyone, page).items;
    writer.editDeadLetter({ id: first?.id ?? 0, text: Buffer.from("x") });
    writer.discardDeadLetters({ choice: { which: "ids", ids: [second?.id ?? 0] }, reason: "noise" });
    expect(getDeadLetter(writer.db, first?.id ?? 0).history.map(({ action }) => action)).toEqual(["read", "edited"]);
    expect(failureOf(() => getDeadLetter(writer.db, second?.id ?? 0)).message).toMatch(
      /counts as skipped \(discarded: noise\)/u,
    );
    writer.clearSource({ sourceId });
    for (const table of ["dead_letter", "dead_letter_history", "settled_dead_letter"]) {
      expect(writer.db.prepare(`SELECT COUNT(*) AS count FROM ${table}`).get()).toEqual({ count: 0 });
    }
  });

  it("are read page after page, without a gap, in the order in which they were met", () => {
    const { writer } = newCase();
    const { sourceId } = writer.addSource(newSource());
    const letters = Array.from({ length: 25 }, (_, index) =>
      letter({ offset: index, message: `word${index % 5} here` }),
    );
    writer.commit({ sourceId, segments: [], blocks: [], deadLetters: letters, change: counted(25) });
    const offsets: number[] = [];
    let after: string | null = null;
    do {
      const found: ReturnType<typeof listDeadLetters> = listDeadLetters(writer.db, everyone, { limit: 7, after });
      offsets.push(...found.items.map(({ offset }) => offset));
      after = found.next;
    } while (after !== null);
    expect(offsets).toEqual(letters.map(({ offset }) => offset));
    expect(listDeadLetters(writer.db, { ...everyone, text: "WORD3 here" }, page).total).toBe(5);
    expect(failureOf(() => listDeadLetters(writer.db, everyone, { limit: 7, after: "x" })).reason).toBe("bad-cursor");
  });
});

describe("asking for dead letters", () => {
  it.each([
    ["SELECT * FROM dead_letter WHERE (first_at, id) > (?, ?) ORDER BY first_at, id LIMIT 9", "dead_letter_by_age"],
    [
      "SELECT * FROM dead_letter WHERE source_id = ? AND (first_at, id) > (?, ?) ORDER BY first_at, id LIMIT 9",
      "dead_letter_by_source_age",
    ],
    [
      "SELECT * FROM dead_letter WHERE reason = ? AND (first_at, id) > (?, ?) ORDER BY first_at, id LIMIT 9",
      "dead_letter_by_reason",
    ],
    [
      "SELECT * FROM dead_letter WHERE source_id = ? AND reason = ? AND (first_at, id) > (?, ?) ORDER BY first_at, id LIMIT 9",
      "dead_letter_by_source",
    ],
    ["SELECT id FROM dead_letter WHERE source_id = ? AND idempotency_key = ?", "dead_letter_by_key"],
    ["SELECT * FROM dead_letter_history WHERE letter_id = ? ORDER BY id", "dead_letter_history_by_letter"],
  ])("uses an index: %s", (sql, index) => {
    const { writer } = newCase();
    const parameters = Array.from({ length: sql.split("?").length - 1 }, () => 1);
    const plan = writer.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    expect(plan.map(({ detail }) => detail).join("; ")).toContain(`INDEX ${index} `);
    expect(plan.map(({ detail }) => detail).join("; ")).not.toContain("TEMP B-TREE");
  });
});
