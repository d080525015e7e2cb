import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Pause } from "../../src/main/engine/pause.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether a pause of 150 ms is over after so many. */
async function isOverAfter(pause: Pause, milliseconds: number, meanwhile: () => void = () => {}): Promise<boolean> {
  let isOver = false;
  void pause.take(150).then(() => (isOver = true));
  meanwhile();
  await vi.advanceTimersByTimeAsync(milliseconds);
  return isOver;
}

it("lasts as long as it was asked to", async () => {
  expect(await isOverAfter(new Pause(), 149)).toBe(false);
  expect(await isOverAfter(new Pause(), 150)).toBe(true);
});

it("ends early, and the next one lasts again", async () => {
  const pause = new Pause();
  expect(await isOverAfter(pause, 0, () => pause.end())).toBe(true);
  expect(await isOverAfter(pause, 149)).toBe(false);
});

it("is left out when it was ended before it began, once", async () => {
  const pause = new Pause();
  pause.end();
  expect(await isOverAfter(pause, 0)).toBe(true);
  expect(await isOverAfter(pause, 149)).toBe(false);
});
