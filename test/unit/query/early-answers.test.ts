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

  it("is given as soon as it holds a row, and again when its time is over", () => {
    const open = searchedCase();
    const rare = { ...everything, filter: "odd OR even" };
    const never = (): boolean => false;
    expect(open.selections.select(rare, noCheck, never).searched).toBe(0.25);
    expect(open.selections.select(rare, noCheck, never).searched).toBe(1);
    expect(open.selections.select({ ...everything, filter: "neither" }, noCheck, never).searched).toBe(1);
  });

  it("looks first at what stands first in the list", () => {
    const made = testCase();
    for (const [name, time] of [
      ["late.jsonl", 50],
      ["early.jsonl", 10],
      ["earlier.jsonl", 5],
    ] as const)
      made.add(made.source(name), [{ message: name, time: at(time), level: 3 }]);
    const open = made.open();
    const seen = Array.from({ length: 3 }, () => {
      let asked = 0;
      const afterOneStep = (): boolean => (asked += 1) > 1;
      const { ordinals } = open.selections.select({ ...everything, filter: "jsonl" }, noCheck, afterOneStep);
      return Array.from(ordinals, (ordinal) => open.index.time.at(ordinal));
    });
    expect(seen).toEqual([[5], [5, 10], [5, 10, 50]]);
  });

  it("is in the order of the list when a few rows of many sources fit", () => {
    const made = testCase();
    const sources = ["a", "b", "c"].map((name) => made.source(`${name}.jsonl`));
    for (const [i, source] of sources.entries())
      made.add(
        source,
        Array.from({ length: 200 }, (_, n) => ({
          message: n % 50 === i ? "needle" : "hay",
          time: at((n * 7 + i) % 90),
          level: 3 as const,
        })),
        60,
      );
    const open = made.open();
    const all = open.selections.select({ ...everything, filter: "" }, noCheck).ordinals;
    const needles = new Set(open.selections.select({ ...everything, filter: "hay" }, noCheck).ordinals);
    const found = open.selections.select({ ...everything, filter: "needle" }, noCheck).ordinals;
    expect(found.length).toBe(12);
    expect([...found]).toEqual([...all].filter((ordinal) => !needles.has(ordinal)));
  });

  it("is whole at once where no record needs to be looked at", () => {
    const open = searchedCase();
    expect(open.selections.select(everything, noCheck, atOnce).searched).toBe(1);
  });
});
