// Child processes of set-up: their output is shown only when they fail.
import { spawn } from "node:child_process";

/**
 * Runs a command to its end; never throws for a command that fails or does not exist.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    const endWithUs = () => child.kill();
    process.once("exit", endWithUs);
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => {
      process.off("exit", endWithUs);
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}

/** The same, but a failure stops set-up with what the command printed. */
export async function mustRun(command, args, options = {}) {
  const { ok, output } = await run(command, args, options);
  if (!ok) throw new Error(`${[command, ...args].join(" ")} failed:\n${output.trim().slice(-4000)}`);
  return output;
}
