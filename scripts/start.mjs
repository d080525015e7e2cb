// npm start [-- PATH…] [--once]: sets up, builds when stale, and opens the window on the paths or, without any, on the
// sample incident. Without a display it starts a virtual one, prints what was loaded and where its picture is.
// `--once` ends when the loaded window was captured.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildIfStale } from "./build/build.mjs";
import { hasDisplay, startVirtualDisplay } from "./run/display.mjs";
import { startApp } from "./run/electron-app.mjs";
import { screenshotWritten } from "./run/screenshot.mjs";
import { callersFolder, parseStartOptions } from "./run/start-options.mjs";
import { root } from "./setup/paths.mjs";
import { say } from "./setup/say.mjs";
import { setUp } from "./setup/set-up.mjs";

const ONCE_LIMIT_MS = 5 * 60_000;
const sample = join(root, "resources", "sample-incident");

const options = parseStartOptions(process.argv.slice(2), callersFolder(root));
try {
  await setUp();
  await buildIfStale();
  process.exitCode = await open();
} catch (error) {
  say(`Faultline did not start: ${error.message}`);
  process.exitCode = 1;
}

async function open() {
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  if (display) say(`No display here: the window opens on a virtual one (${display.env.DISPLAY}).`);
  const captures = display !== undefined || options.once || options.screenshot !== undefined;
  const picture = options.screenshot ?? join(root, "out", "window.png");
  const switches = [...options.switches];
  if (captures) {
    rmSync(picture, { force: true });
    mkdirSync(dirname(picture), { recursive: true });
    switches.push("--faultline-summary", `--screenshot=${picture}`);
  }
  // A single look must neither meet a window that is already open nor leave traces in the user's library.
  const profile = options.once ? mkdtempSync(join(tmpdir(), "faultline-once-")) : undefined;
  if (profile) switches.push(`--user-data-dir=${profile}`);

  const paths = options.paths.length > 0 ? options.paths : [sample];
  const app = startApp({ switches, paths, env: { ...process.env, ...display?.env }, onDesktop: !display });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, app.end);

  try {
    if (!captures) return await app.ended;
    const gone = new AbortController();
    const ended = app.ended.finally(() => gone.abort());
    const giveUp = options.once ? setTimeout(() => gone.abort(), ONCE_LIMIT_MS) : undefined;
    const captured = await screenshotWritten(picture, gone.signal);
    clearTimeout(giveUp);
    if (captured) say(`The loaded window is pictured in ${picture}`);
    if (!options.once) return await ended;
    app.end();
    await ended;
    if (!captured) say("The app ended or took too long before its window was captured.");
    return captured ? 0 : 1;
  } finally {
    display?.close();
    if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}
