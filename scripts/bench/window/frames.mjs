// The time from frame to frame while something is done, as the page's own animation frames tell it.
import { percentile } from "../statistics.mjs";

/**
 * @param {import("@playwright/test").Page} page @param {() => Promise<void>} gesture
 * @returns {Promise<{ p50: number, p95: number, worst: number, frames: number }>} milliseconds
 */
export async function framesDuring(page, gesture) {
  await page.evaluate(() => {
    const times = [];
    const look = (time) => {
      times.push(time);
      globalThis.benchFrames.handle = requestAnimationFrame(look);
    };
    globalThis.benchFrames = { times, handle: requestAnimationFrame(look) };
  });
  await gesture();
  const times = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.benchFrames.handle);
    return globalThis.benchFrames.times;
  });
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  return { p50: percentile(gaps, 50), p95: percentile(gaps, 95), worst: Math.max(...gaps), frames: gaps.length };
}
