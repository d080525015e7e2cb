// Nothing is silently dropped: what adds up is let through, what does not is refused by name.
import { describe, expect, it } from "vitest";
import { checkAccounting, moved } from "../../../src/main/engine/store/accounting.ts";
import type { Accounting } from "../../../src/shared/model/source.ts";

const before: Accounting = {
  read: 10,
  records: 6,
  deadLetters: 1,
  skipped: 3,
  skippedWhy: { "blank line": 2, header: 1 },
};
const check = (after: Partial<Accounting>, stored: { records?: number; deadLetters?: number } = {}): void =>
  checkAccounting("app.log", before, { ...before, ...after }, { records: 0, deadLetters: 0, ...stored });

describe("the accounting of a source", () => {
  it("lets through what adds up", () => {
    expect(() => {
      check({});
      check({ read: 15, records: 8, deadLetters: 4 }, { records: 2, deadLetters: 3 });
      check({ read: 11, skipped: 4, skippedWhy: { "blank line": 3, header: 1 } });
    }).not.toThrow();
  });

  it.each([
    ["units that became nothing", { read: 11 }, {}, "11 units were read, but 6 records, 1 dead letters and 3 skipped"],
    ["units skipped for no reason", { read: 11, skipped: 4 }, {}, "4 units were skipped, but 3 of them"],
    ["records that are not stored", { read: 12, records: 8 }, { records: 1 }, "8 records are counted, but 7"],
    ["records that are not counted", {}, { records: 1 }, "6 records are counted, but 7"],
    [
      "letters that are not stored",
      { read: 13, deadLetters: 4 },
      { deadLetters: 2 },
      "4 dead letters are counted, but 3",
    ],
  ])("refuses %s", (_, after, stored, sentence) => {
    expect(() => check(after, stored)).toThrow(`app.log: ${sentence}`);
  });

  it("moves letters that became records or were skipped, and what they were cut into was read as well", () => {
    const after = moved(before, { records: 2, deadLetters: -1, skippedWhy: { discarded: 1 } });
    expect(after).toEqual({
      read: 12,
      records: 8,
      deadLetters: 0,
      skipped: 4,
      skippedWhy: { "blank line": 2, header: 1, discarded: 1 },
    });
  });

  it("forgets a reason once the last unit that was skipped for it has come back", () => {
    const after = moved(before, { records: 0, deadLetters: 1, skippedWhy: { header: -1, "blank line": -1 } });
    expect(after).toEqual({ read: 9, records: 6, deadLetters: 2, skipped: 1, skippedWhy: { "blank line": 1 } });
  });
});
