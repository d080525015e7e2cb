// From odds to confidence: shares that add up, and none of the changes as one of the answers.
import { describe, expect, it } from "vitest";
import { confidenceOf } from "../../../src/main/engine/suspects/confidence.ts";

describe("confidence", () => {
  it("adds up to one, with none of the changes among the answers", () => {
    const { changes, none } = confidenceOf([8, 2, -3], [1]);
    expect(changes.reduce((sum, share) => sum + share, none)).toBeCloseTo(1);
    expect(changes[0]).toBeGreaterThan(changes[1] ?? 1);
  });

  it("is all for none where there is no change", () => {
    expect(confidenceOf([], [])).toEqual({ changes: [], none: 1 });
  });

  it("lets causes from outside speak against the changes", () => {
    const alone = confidenceOf([5], []);
    const outside = confidenceOf([5], [3]);
    expect(outside.none).toBeGreaterThan(alone.none);
  });

  it("counts no more for none than what speaks for it", () => {
    expect(confidenceOf([5], [-4])).toEqual(confidenceOf([5], []));
  });

  it("stays a number at any odds", () => {
    const { changes, none } = confidenceOf([900, -900], [900]);
    expect([...changes, none].every((share) => Number.isFinite(share))).toBe(true);
  });
});
