// From a drop to the frame with the first bars.
import { drop } from "./session.mjs";

/** @param {import("@playwright/test").Page} page @param {readonly string[]} files @returns {Promise<number>} milliseconds */
export async function timeToFirstBars(page, files) {
  const bars = page.evaluate(
    () =>
      new Promise((resolve) => {
        let dropped = Number.NaN;
        addEventListener("drop", () => (dropped = performance.now()), { capture: true, once: true });
        const look = () => {
          const chart = document.querySelector("[role=group][aria-label^=Timeline]");
          if (!/^Timeline, [1-9]/.test(chart?.getAttribute("aria-label") ?? "")) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now() - dropped));
        };
        look();
      }),
  );
  await drop(page, files);
  return await bars;
}
