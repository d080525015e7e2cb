// Runs the built command line as a person does: a process of its own, its output and its exit code.
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";

export const cliFile = join(import.meta.dirname, "../../../out/main/cli.js");

/** Of nobody: settings of the person who runs the tests must not count. */
const noDataFolder = join(tmpdir(), `no-faultline-data-${process.pid}-${threadId}`);
process.on("exit", () => rmSync(noDataFolder, { recursive: true, force: true }));

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** All of stdout as one JSON value. */
  readonly json: () => unknown;
  /** One JSON value a line. */
  readonly lines: () => Record<string, unknown>[];
}

export function faultline(
  args: readonly string[],
  cwd?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, maxBuffer: 2 ** 28, env: { ...process.env, FAULTLINE_DATA: noDataFolder, ...env } };
    execFile(process.execPath, [cliFile, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({
        code,
        stdout,
        stderr,
        json: () => JSON.parse(stdout),
        lines: () =>
          stdout
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => JSON.parse(line) as Record<string, unknown>),
      });
    });
  });
}
