// A search that takes long answers early with what it found, and goes on from there.
import { describe, expect, it } from "vitest";
import { at, everything, noCheck, testCase } from "./cases.ts";

const searchedCase = () => {
  const made = testCase();
  made.add(
    made.source("app.jsonl"),
    Array.from({ length: 40 }, (_, i) => ({ message: i % 2 === 0 ? "even" : "odd", time: at(i), level: 3 as const })),
    10,
  );
  return made.open();
};

const selection = { ...everything, filter: "even" };

describe("an early answer", () => {
  it("holds what other questions have found so far, and says how much of all that is", () => {
    const open = searchedCase();
    const nothing = open.selections.select(selection, noCheck, -Infinity);
    expect([nothing.count, nothing.searched]).toEqual([0, 0]);

    let checks = 0;
    const abandon = (): void => {
      checks += 1;
      if (checks > 1) throw new Error("abandoned");
    };
    expect(() => open.selections.select({ ...selection, filter: "even" }, abandon, Infinity)).toThrow("abandoned");

    const whole = open.selections.select(selection, noCheck);
    expect([whole.count, whole.searched]).toEqual([20, 1]);
    const known = open.selections.select(selection, noCheck, -Infinity);
    expect([known.count, known.searched]).toEqual([20, 1]);
  });

  it("goes on where the one before ended", () => {
    const open = searchedCase();
    const shares: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      // One step a question: the clock passes the deadline while the first segment is looked at.
      const deadline = performance.now() + 1;
      const slow = (): void => {
        while (performance.now() <= deadline) continue;
      };
      shares.push(open.selections.select(selection, slow, deadline).searched);
    }
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("is whole at once where no record needs to be looked at", () => {
    const open = searchedCase();
    expect(open.selections.select(everything, noCheck, -Infinity).searched).toBe(1);
  });
});
