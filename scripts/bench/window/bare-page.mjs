// What frames cost where there is nothing else: a page of one canvas that fills as many bars as a timeline has at each
// turn of the wheel, and one of as many rows of text as a list has. They are drawn in a second window of the same Electron
// and of the same size. What Faultline's frames take beyond these is its own; what both take is the machine's.
import { framesDuring } from "./frames.mjs";
import { wheel } from "./gestures.mjs";

const BARS = 400;
const ROWS = 40;
const CELLS = 5;

const CANVAS = `<canvas style="display:block;width:100vw;height:100vh"></canvas><script>
const canvas = document.querySelector("canvas");
const context = canvas.getContext("2d");
const draw = (step) => {
  canvas.width = innerWidth * devicePixelRatio;
  canvas.height = innerHeight * devicePixelRatio;
  const wide = canvas.width / ${BARS};
  for (let bar = 0; bar < ${BARS}; bar++) {
    const high = canvas.height * (0.5 + 0.4 * Math.sin((bar + step) / 9));
    context.fillStyle = bar % 2 === 0 ? "#4a7" : "#a47";
    context.fillRect(bar * wide, canvas.height - high, wide, high);
  }
};
</script>`;

const LIST = `<div style="font:13px monospace">${`<div style="display:flex;height:24px">${'<span style="flex:1"></span>'.repeat(CELLS)}</div>`.repeat(ROWS)}</div><script>
const cells = document.querySelectorAll("span");
const draw = (step) => cells.forEach((cell, index) => (cell.textContent = "row " + (step * ${ROWS} + index)));
</script>`;

const ON_WHEEL = `<script>
let step = 0;
let frame = 0;
addEventListener("wheel", () => {
  step++;
  frame ||= requestAnimationFrame(() => { frame = 0; draw(step); });
});
draw(0);
</script>`;

/** @type {readonly (readonly [about: string, body: string])[]} */
const PAGES = [
  [`a bare page: ${BARS} bars at each turn`, CANVAS],
  [`a bare page: ${ROWS} rows at each turn`, LIST],
];

/** @param {import("./session.mjs").Session} session */
export async function framesOfBarePages({ app, page }) {
  const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const found = [];
  for (const [about, body] of PAGES) {
    const url = `data:text/html,${encodeURIComponent(`<!doctype html><body style="margin:0">${body}${ON_WHEEL}`)}`;
    const [bare] = await Promise.all([app.waitForEvent("window"), app.evaluate(openWindow, { url, ...size })]);
    await bare.waitForSelector("canvas, span");
    await bare.mouse.move(size.width / 2, size.height / 2);
    found.push({ about, ...(await framesDuring(bare, () => wheel(bare, [0, 60], false))) });
    await bare.close();
  }
  return found;
}

/** Runs in Electron's main process. @param {import("electron")} electron @param {{ url: string, width: number, height: number }} page */
function openWindow({ BrowserWindow }, { url, width, height }) {
  const window = new BrowserWindow({ width, height, useContentSize: true, webPreferences: { sandbox: true } });
  return window.loadURL(url);
}
