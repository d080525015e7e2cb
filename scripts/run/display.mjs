// Electron needs a display. Where there is none, a virtual one: Xvfb, which picks a free number by itself.
import { spawn } from "node:child_process";

const SCREEN = "1600x1000x24";
const START_LIMIT_MS = 15_000;

export function hasDisplay(env = process.env) {
  return process.platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Starts a virtual display. It gets a process group of its own, so that Ctrl-C reaches the app first.
 * @returns {Promise<{ env: { DISPLAY: string }, close: () => void }>}
 */
export async function startVirtualDisplay() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
    detached: true,
  });
  const close = () => {
    server.kill();
  };
  process.once("exit", close);
  const number = await displayNumber(server);
  return { env: { DISPLAY: `:${number}` }, close };
}

function displayNumber(server) {
  return new Promise((resolve, reject) => {
    const fail = (why) => {
      server.kill();
      reject(new Error(`there is no display, and a virtual one could not be started: ${why}`));
    };
    const timer = setTimeout(() => fail(`Xvfb did not answer in ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
    let text = "";
    server.stdio[3].on("data", (chunk) => {
      text += chunk;
      if (!text.endsWith("\n")) return;
      clearTimeout(timer);
      resolve(text.trim());
    });
    server.on("error", (error) => {
      clearTimeout(timer);
      fail(error.code === "ENOENT" ? "Xvfb is not installed (apt-get install xvfb)" : error.message);
    });
    server.on("exit", (code) => {
      clearTimeout(timer);
      fail(`Xvfb ended with code ${code}`);
    });
  });
}
