// The built app in a real Electron with a profile of its own, driven as a person would: by mouse, keys and drops.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "@playwright/test";
import { root } from "../../setup/paths.mjs";

/** Most that an import, and that an element on the screen, is waited for. */
const LIMIT_MS = 30 * 60_000;
const ELEMENT_LIMIT_MS = 60_000;

/** @typedef {{ app: import("@playwright/test").ElectronApplication, page: import("@playwright/test").Page, close(): Promise<void> }} Session */

/** @param {{ env: Record<string, string>, paths?: readonly string[] }} options @returns {Promise<Session>} */
export async function openSession({ env, paths = [] }) {
  const profile = mkdtempSync(join(tmpdir(), "faultline-window-"));
  const { ELECTRON_RUN_AS_NODE: _, ...own } = process.env;
  const app = await _electron.launch({
    args: [root, `--user-data-dir=${profile}`, ...paths],
    cwd: root,
    env: /** @type {Record<string, string>} */ ({ ...own, ...env }),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(ELEMENT_LIMIT_MS);
  await page.locator("[data-pane=start], [role=group][aria-label^=Timeline]").first().waitFor();
  const close = async () => {
    await app.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { app, page, close };
}

/** Asks the engine through the window's own bridge. @param {import("@playwright/test").Page} page @param {string} name @param {unknown} [input] */
export async function ask(page, name, input) {
  const answer = await page.evaluate(([call, value]) => globalThis.faultline.call(call, value), [name, input]);
  if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`);
  return answer.value;
}

/** Resolves once everything is read and analysed. @param {import("@playwright/test").Page} page */
export async function settled(page) {
  const end = Date.now() + LIMIT_MS;
  while (Date.now() < end) {
    const info = await ask(page, "case.info");
    if (info !== null && info.sources > 0 && info.reading === 0 && !info.analysing) return info;
    await page.waitForTimeout(200);
  }
  throw new Error(`the case was not read within ${LIMIT_MS / 60_000} minutes`);
}

/** Drops a file as a file manager does: with its path. @param {import("@playwright/test").Page} page @param {readonly string[]} files */
export async function drop(page, files) {
  const cdp = await page.context().newCDPSession(page);
  const [width, height] = await page.evaluate(() => [innerWidth, innerHeight]);
  const place = { x: width / 2, y: height / 2, data: { items: [], files: [...files], dragOperationsMask: 1 } };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await cdp.send("Input.dispatchDragEvent", { type: /** @type {"drop"} */ (type), ...place });
  }
  await cdp.detach();
}
