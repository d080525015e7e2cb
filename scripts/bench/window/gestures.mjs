// What a person does in the window, as input events; each about three seconds long.
const STEPS = 120;

/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {{ about: string, run: (page: Page) => Promise<void> }} Gesture */

const CHART = "[role=group][aria-label^=Timeline]";
const LIST = "[role=listbox][aria-label=Rows]";
const WATERFALL = "[role=tree][aria-label^='Spans of the trace']";

/** @param {Page} page @param {string} selector @param {number} [x] share of its width @param {number} [y] pixels from its top */
async function over(page, selector, x = 0.6, y = 40) {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not on the screen`);
  const at = { x: box.x + box.width * x, y: box.y + y };
  await page.mouse.move(at.x, at.y);
  return { ...at, width: box.width };
}

/** Turns the wheel; a step back for each step forward where `returns`. @param {Page} page @param {[number, number]} by @param {boolean} returns */
export async function wheel(page, [x, y], returns) {
  for (let step = 0; step < STEPS; step++) {
    const sign = returns && step >= STEPS / 2 ? -1 : 1;
    await page.mouse.wheel(x * sign, y * sign);
  }
}

/** @param {Page} page @param {string} key */
async function hold(page, key) {
  for (let step = 0; step < STEPS; step++) await page.keyboard.press(key);
}

/** @type {readonly Gesture[]} */
export const TIMELINE_GESTURES = [
  {
    about: "scroll the list by the wheel",
    run: async (page) => (await over(page, LIST), wheel(page, [0, 240], false)),
  },
  {
    about: "leap through the list by pages",
    run: async (page) => (await page.locator(LIST).focus(), hold(page, "PageDown")),
  },
  { about: "pan the timeline", run: panned },
  { about: "zoom the timeline", run: async (page) => (await over(page, CHART), wheel(page, [0, -60], true)) },
  { about: "brush a range", run: brushed },
];

/** @type {readonly Gesture[]} */
export const TRACE_GESTURES = [
  {
    about: "scroll a trace of 50,000 spans by the wheel",
    run: async (page) => (await over(page, WATERFALL, 0.6, 120), wheel(page, [0, 240], false)),
  },
  {
    about: "leap through a trace of 50,000 spans by pages",
    run: async (page) => (await page.locator(WATERFALL).focus(), hold(page, "PageDown")),
  },
];

/** Zoomed in first: the whole has nowhere to pan to. @param {Page} page */
async function panned(page) {
  await page.locator(CHART).focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press("+");
  for (let step = 0; step < STEPS; step++) await page.keyboard.press(step < STEPS / 2 ? "ArrowLeft" : "ArrowRight");
  for (let i = 0; i < 6; i++) await page.keyboard.press("-");
}

/** @param {Page} page */
async function brushed(page) {
  const from = await over(page, CHART, 0.3);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width * 0.4, from.y + 5, { steps: STEPS });
  await page.mouse.up();
  await page.keyboard.press("Escape");
}
