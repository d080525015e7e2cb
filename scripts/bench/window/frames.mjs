// The time from frame to frame while something is done, as the page's own animation frames tell it, and the processor time
// that the page's main thread took for one: on a machine that does other things too, only the latter tells of the page.
import { percentile } from "../statistics.mjs";

/**
 * @param {import("@playwright/test").Page} page @param {() => Promise<void>} gesture
 * @returns {Promise<{ p50: number, p95: number, worst: number, frames: number, work: number }>} milliseconds; `work` of a frame
 */
export async function framesDuring(page, gesture) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  await page.evaluate(() => {
    const times = [];
    const look = (time) => {
      times.push(time);
      globalThis.benchFrames.handle = requestAnimationFrame(look);
    };
    globalThis.benchFrames = { times, handle: requestAnimationFrame(look) };
  });
  const before = await worked();
  await gesture();
  const work = (await worked()) - before;
  const times = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.benchFrames.handle);
    return globalThis.benchFrames.times;
  });
  await cdp.detach();
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  return {
    p50: percentile(gaps, 50),
    p95: percentile(gaps, 95),
    worst: Math.max(...gaps),
    frames: gaps.length,
    work: work / Math.max(1, gaps.length),
  };
}
