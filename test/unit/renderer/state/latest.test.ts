import { expect, it } from "vitest";
import { latest } from "../../../../src/renderer/state/latest.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("runs once more for all that was asked meanwhile", async () => {
  const ends: (() => void)[] = [];
  const trigger = latest(() => new Promise((resolve) => ends.push(resolve)));
  trigger();
  trigger();
  trigger();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await settle();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await settle();
  expect(ends).toHaveLength(2);
  trigger();
  expect(ends).toHaveLength(3);
});
