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

const atOnce = (): boolean => true;

describe("an early answer", () => {
  it("holds what other questions have found so far, and says how much of all that is", () => {
    const open = searchedCase();
    const nothing = open.selections.select(selection, noCheck, atOnce);
    expect([nothing.count, nothing.searched]).toEqual([0, 0]);
    const whole = open.selections.select(selection, noCheck);
    expect([whole.count, whole.searched]).toEqual([20, 1]);
    const known = open.selections.select(selection, noCheck, atOnce);
    expect([known.count, known.searched]).toEqual([20, 1]);
  });

  it("goes on where the one before ended", () => {
    const open = searchedCase();
    const found = Array.from({ length: 4 }, () => {
      let asked = 0;
      const afterOneStep = (): boolean => (asked += 1) > 1;
      const { count, searched } = open.selections.select(selection, noCheck, afterOneStep);
      return [count, searched];
    });
    expect(found).toEqual([
      [5, 0.25],
      [10, 0.5],
      [15, 0.75],
      [20, 1],
    ]);
  });

  it("is whole at once where no record needs to be looked at", () => {
    const open = searchedCase();
    expect(open.selections.select(everything, noCheck, atOnce).searched).toBe(1);
  });
});
