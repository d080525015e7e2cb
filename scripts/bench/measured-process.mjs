// Runs a process to its end: how long it took, what it printed, and the most memory it held.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** The kernel keeps the peak itself (VmHWM); only growth in the very last moments goes unseen. */
const LOOK_EVERY_MS = 20;

/**
 * @param {string} command @param {readonly string[]} args @param {{ cwd?: string, env?: Record<string, string>, okCodes?: readonly number[] }} options
 * @returns {Promise<{ ms: number, peakBytes: number, output: string }>} `peakBytes` is NaN where /proc does not tell
 */
export function measuredProcess(command, args, { cwd, env = {}, okCodes = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let peakBytes = Number.NaN;
    const look = setInterval(() => (peakBytes = peakOf(child.pid) ?? peakBytes), LOOK_EVERY_MS);
    const [out, complaints] = [[], []];
    child.stdout.on("data", (chunk) => out.push(chunk));
    child.stderr.on("data", (chunk) => complaints.push(chunk));
    const end = () => child.kill();
    process.once("exit", end);
    const stopWatching = () => {
      clearInterval(look);
      process.off("exit", end);
    };
    child.on("error", (error) => {
      stopWatching();
      reject(error);
    });
    child.on("close", (code) => {
      const ms = performance.now() - began;
      stopWatching();
      if (okCodes.includes(code ?? -1)) resolve({ ms, peakBytes, output: Buffer.concat(out).toString("utf8") });
      else
        reject(
          new Error(
            `${command} ${args.join(" ")} ended with ${code}:\n${Buffer.concat(complaints).toString("utf8").slice(-2000)}`,
          ),
        );
    });
  });
}

/** @param {number | undefined} pid */
function peakOf(pid) {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
