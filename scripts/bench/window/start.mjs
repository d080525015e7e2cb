// From the creation of the process to a usable window: Faultline's first screen beside an empty window.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { root } from "../../setup/paths.mjs";
import { measuredProcess } from "../measured-process.mjs";

const electron = createRequire(import.meta.url)("electron");
const probe = join(import.meta.dirname, "probe-app");

/** What is started, and which element says that it can be used. */
const STARTED = {
  "empty window": { PROBE_SELECTOR: "p" },
  Faultline: {
    PROBE_SELECTOR: "[data-pane=start]",
    PROBE_ROOT: root,
    PROBE_MAIN: pathToFileURL(join(root, "out", "main", "index.js")).href,
  },
};
export const STARTS = Object.keys(STARTED);

/** @param {keyof typeof STARTED} what @param {Record<string, string>} env of the display @returns {Promise<number>} milliseconds */
export async function timeToUsable(what, env) {
  const profile = mkdtempSync(join(tmpdir(), "faultline-start-"));
  try {
    const sandbox = process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const { output } = await measuredProcess(electron, [probe, ...sandbox, `--user-data-dir=${profile}`], {
      env: { ...env, ...STARTED[what] },
    });
    const ms = Number(/usable after ([\d.]+) ms/.exec(output)?.[1] ?? Number.NaN);
    if (!(ms > 0)) throw new Error(`${what} did not say when it could be used: ${output}`);
    return ms;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
