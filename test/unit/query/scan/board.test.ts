import { expect, it } from "vitest";
import { createBoard, maskOf } from "../../../../src/main/engine/query/scan/board.ts";

it("takes masks that were used before where they are large enough, and new ones where they are not", () => {
  const before = createBoard([5, 3]);
  const smaller = createBoard([2, 4], before.masks);
  expect(smaller.masks).toBe(before.masks);
  expect([maskOf(smaller, 0).length, maskOf(smaller, 1).length]).toEqual([2, 4]);
  expect(createBoard([5, 4], before.masks).masks.byteLength).toBe(9);
});
