import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { News } from "../../src/main/engine/news.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** News of a case whose records come in all the time, and a reader that works for so long each time they are told. */
function newsOf(workMs: number, isReading = true): { readonly news: News; readonly told: number[] } {
  const told: number[] = [];
  let worked = 0;
  const news = new News({
    tell: async () => {
      told.push(performance.now());
      worked += workMs;
      await Promise.resolve();
      // As every commit does.
      if (told.length < 5) news.changed();
    },
    worked: () => worked,
    isReading: () => isReading,
  });
  return { news, told };
}

const gaps = (times: readonly number[]): number[] => times.slice(1).map((time, at) => time - (times[at] ?? 0));

it("tells of the first change at once and of bursts of others together", async () => {
  const { news, told } = newsOf(1);
  const start = performance.now();
  news.changed();
  news.changed();
  expect(told).toEqual([start]);
  await vi.runAllTimersAsync();
  expect(gaps(told)).toEqual([150, 150, 150, 150]);
});

it("rests for longer the more work it makes while records come in", async () => {
  const { news, told } = newsOf(100);
  news.changed();
  await vi.runAllTimersAsync();
  expect(gaps(told)).toEqual([300, 300, 300, 300]);
});

it("never rests for longer than a second, however much the reader has to do", async () => {
  const { news, told } = newsOf(60_000);
  news.changed();
  await vi.runAllTimersAsync();
  expect(gaps(told)).toEqual([1_000, 1_000, 1_000, 1_000]);
});

it("does not rest for longer when all is read", async () => {
  const { news, told } = newsOf(100, false);
  news.changed();
  await vi.runAllTimersAsync();
  expect(gaps(told)).toEqual([150, 150, 150, 150]);
});

it("tells at once what cannot wait", async () => {
  const { news, told } = newsOf(300);
  news.changed();
  await vi.advanceTimersByTimeAsync(10);
  news.hurry();
  await vi.advanceTimersByTimeAsync(0);
  expect(gaps(told)).toEqual([10]);
});

it("tells nothing more once it has ended, and is idle then", async () => {
  const { news, told } = newsOf(300);
  news.changed();
  await vi.advanceTimersByTimeAsync(10);
  news.end();
  news.changed();
  await news.idle();
  expect(told).toHaveLength(1);
  expect(news.isTelling).toBe(false);
});
