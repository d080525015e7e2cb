// One answer for all who ask, until records come.
import { describe, expect, it } from "vitest";
import { ClockComparison } from "../../src/main/engine/clock-comparison.ts";

function comparison(areTaken = false) {
  const asked: (number | undefined)[] = [];
  let failure: Error | null = null;
  const clocks = new ClockComparison({
    turns: { areTaken, ofClocks: () => Promise.resolve() },
    sideReader: {
      ask: (_question, keptMs) => {
        asked.push(keptMs);
        const answer = { revision: asked.length, clocks: [] };
        return failure === null ? Promise.resolve(answer as never) : Promise.reject(failure);
      },
    },
  });
  return { clocks, asked, fail: (why: Error | null) => (failure = why) };
}

describe("the comparison of clocks", () => {
  it("is made once for all who ask, and again when records came or went", async () => {
    const { clocks, asked } = comparison();
    const [one, other] = await Promise.all([clocks.list(), clocks.list()]);
    expect(other).toBe(one);
    expect(await clocks.list()).toBe(one);
    clocks.outdate();
    expect(await clocks.list()).not.toBe(one);
    expect(asked).toHaveLength(2);
  });

  it("is made again after it failed", async () => {
    const { clocks, fail } = comparison();
    fail(new Error("no memory"));
    await expect(clocks.list()).rejects.toThrow("no memory");
    fail(null);
    expect(await clocks.list()).toMatchObject({ clocks: [] });
  });

  it("keeps no thread beside a case so large that its analysis takes turns", async () => {
    for (const [areTaken, keptMs] of [
      [true, 0],
      [false, undefined],
    ] as const) {
      const { clocks, asked } = comparison(areTaken);
      await clocks.list();
      expect(asked).toEqual([keptMs]);
    }
  });
});
