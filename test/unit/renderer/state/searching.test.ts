import { describe, expect, it } from "vitest";
import { whole } from "../../../../src/renderer/state/searching.ts";

/** Answers one part more at each question. */
const inParts = (...shares: readonly number[]) => {
  let asked = -1;
  return async () => {
    asked += 1;
    return await Promise.resolve({ searched: shares[asked] ?? 1, asked });
  };
};

describe("an answer that comes in parts", () => {
  it("is shown part by part, and asked for until it is whole", async () => {
    const shown: number[] = [];
    const answer = await whole(inParts(0.2, 0.7, 1), ({ searched }) => shown.push(searched) > 0);
    expect(shown).toEqual([0.2, 0.7]);
    expect(answer.searched).toBe(1);
  });

  it("is not asked for again once nobody waits", async () => {
    const answer = await whole(inParts(0.2, 0.7, 1), () => false);
    expect(answer).toEqual({ searched: 0.2, asked: 0 });
  });

  it("costs one question where it is whole at once", async () => {
    const answer = await whole(inParts(1), () => expect.fail("shown as a part"));
    expect(answer.asked).toBe(0);
  });
});
