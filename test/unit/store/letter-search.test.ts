import { describe, expect, it } from "vitest";
import { LetterSearch } from "../../../src/main/engine/store/dead-letters/letter-search.ts";
import { listDeadLetters } from "../../../src/main/engine/store/dead-letters/list.ts";
import type { DeadLetterInput } from "../../../src/shared/model/dead-letter.ts";
import { newCase, newSource } from "./support.ts";

const COUNT = 10_000;
const all = { which: "all", sourceId: null } as const;
const everyone = { sourceId: null, reason: null };

const letter = (line: number): DeadLetterInput => ({
  offset: line * 10,
  length: 3,
  line,
  stage: "parse",
  reason: line % 2 === 0 ? "invalid-json" : "no-time",
  message: `Line ${line} of ${line % 100 === 0 ? "Cart" : "checkout"}`,
  raw: Buffer.from("abc"),
});

function aCase(count = COUNT) {
  const { writer } = newCase();
  const { sourceId } = writer.addSource(newSource());
  let added = 0;
  const add = (more: number): void => {
    const deadLetters = Array.from({ length: more }, (_, index) => letter(added + index));
    added += more;
    const accounting = { read: added, records: 0, deadLetters: added, skipped: 0, skippedWhy: {} };
    writer.commit({ sourceId, segments: [], blocks: [], deadLetters, change: { accounting } });
  };
  add(count);
  return { db: writer.db, add, search: new LetterSearch(writer.db) };
}

describe("a search for words in dead letters", () => {
  it("finds all that hold them, whatever their case", () => {
    const { search } = aCase();
    const { letters, searched } = search.find({ ...all, text: "CART line" }, {});
    expect([letters.length, searched]).toEqual([COUNT / 100, 1]);
  });

  it("answers early, goes on where it was, and tells how far it is", () => {
    const { search } = aCase();
    const late = { isLate: () => true };
    const shares: number[] = [];
    const counts: number[] = [];
    do {
      const { letters, searched } = search.find({ ...all, text: "cart" }, late);
      shares.push(searched);
      counts.push(letters.length);
    } while ((shares.at(-1) ?? 1) < 1 && shares.length < 100);
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[0]).toBeLessThan(COUNT / 100);
    expect(counts.at(-1)).toBe(COUNT / 100);
  });

  it("ends when nobody waits any more", () => {
    const { search } = aCase();
    const check = (): void => {
      throw new Error("nobody waits");
    };
    expect(() => search.find({ ...all, text: "cart" }, { check })).toThrow("nobody waits");
  });

  it("gives up what was looked for before", () => {
    const { search } = aCase();
    search.find({ ...all, text: "cart" }, { isLate: () => true });
    const { letters } = search.find({ which: "group", reason: "no-time", sourceId: null, text: "checkout" }, {});
    expect(letters).toHaveLength(COUNT / 2);
  });

  it("begins anew when the case has changed since it ended", () => {
    const { search, add } = aCase();
    search.find({ ...all, text: "cart" }, {});
    add(100);
    expect(search.find({ ...all, text: "cart" }, {}).letters).toHaveLength(COUNT / 100 + 1);
  });

  it("comes to an end while the case changes", () => {
    const { search, add } = aCase();
    let rounds = 0;
    let searched = 0;
    for (; searched < 1 && rounds < 100; rounds += 1) {
      ({ searched } = search.find({ ...all, text: "cart" }, { isLate: () => true }));
      add(10);
    }
    expect(searched).toBe(1);
  });

  it("has nothing to do in a case without any", () => {
    const { search } = aCase(0);
    expect(search.find({ ...all, text: "cart" }, {})).toEqual({ letters: [], searched: 1 });
  });

  it("is shown by page, after a page or from a row on, the same letters in the same order", () => {
    const { db } = aCase();
    const filter = { ...everyone, text: "cart" };
    const lines = ({ items }: ReturnType<typeof listDeadLetters>): number[] => items.map(({ line }) => line);
    const whole = listDeadLetters(db, filter, { limit: 1_000, after: null });
    const first = listDeadLetters(db, filter, { limit: 30, after: null });
    const second = listDeadLetters(db, filter, { limit: 30, after: first.next });
    const last = listDeadLetters(db, filter, { limit: 30, after: null, offset: 90 });
    expect([whole.next, last.next, whole.total, last.searched]).toEqual([null, null, COUNT / 100, 1]);
    expect([...lines(first), ...lines(second)]).toEqual(lines(whole).slice(0, 60));
    expect(lines(last)).toEqual(lines(whole).slice(90));
    expect(lines(listDeadLetters(db, filter, { limit: 30, after: null, offset: 100 }))).toEqual([]);
  });
});
