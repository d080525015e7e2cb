// Starts the built app in Electron, and ends it.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { root } from "../setup/paths.mjs";

const KILL_AFTER_MS = 5000;

// Without a desktop, Chromium says at length that there is no session bus and no graphics card. Nothing is lost.
const withoutDesktop = /ERROR:(?:dbus|viz_main_impl)|Failed to connect to the bus/;

/**
 * @param {{ switches: readonly string[], paths: readonly string[], env: NodeJS.ProcessEnv, onDesktop: boolean }} options
 * @returns {{ ended: Promise<number>, end: () => void }} `ended` resolves to the exit code
 */
export function startApp({ switches, paths, env, onDesktop }) {
  const electron = createRequire(import.meta.url)("electron");
  const sandbox = process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  // The app's folder comes first: Electron takes the first argument that is no switch for it, and the app the rest.
  const child = spawn(electron, [root, ...sandbox, ...switches, ...paths], {
    stdio: ["inherit", "inherit", "pipe"],
    env: { ...env, ELECTRON_RUN_AS_NODE: undefined },
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (onDesktop || !withoutDesktop.test(line)) process.stderr.write(`${line}\n`);
  });
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  const end = () => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
  };
  return { ended, end };
}
