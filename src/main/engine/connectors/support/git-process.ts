/**
 * Runs git on a repository that somebody else may have prepared: nothing that its configuration names (pager, hooks,
 * file system monitor, external diff, signature checker, lazy fetches) is started, and nothing is written.
 */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { FailureError } from "../../../../shared/failure.ts";
import type { Chunk, ConnectorContext } from "../connector.ts";
import { errorCode } from "./file-failure.ts";

/** Newest commits that are read; an incident's cause is rarely older. */
export const MOST_COMMITS = 20_000;

/** Configuration that the repository cannot override. */
const SAFE_CONFIGURATION = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.attributesFile=/dev/null",
  "core.quotePath=false",
  "diff.external=",
  "gc.auto=0",
  "log.showSignature=false",
  "protocol.allow=never",
  // Reading somebody else's repository is the point; nothing of it is run.
  "safe.directory=*",
];
const SAFE = ["--no-pager", "--no-optional-locks", ...SAFE_CONFIGURATION.flatMap((setting) => ["-c", setting])];

const ENVIRONMENT = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: process.platform === "win32" ? "NUL" : "/dev/null",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
  LC_ALL: "C",
};

/** Variables that would lead git elsewhere when we were started from a hook or another git. */
const FOREIGN = /^GIT_/;

type GitProcess = ChildProcessByStdio<null, Readable, Readable>;

function start(folder: string, args: readonly string[], signal: AbortSignal): GitProcess {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  return spawn("git", [...SAFE, ...args], {
    cwd: folder,
    env: { ...inherited, ...ENVIRONMENT },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
    windowsHide: true,
  });
}

/** The whole output of a git command that prints little. */
export async function gitText(folder: string, args: readonly string[], context: ConnectorContext): Promise<string> {
  let text = "";
  for await (const chunk of gitChunks(folder, args, context)) text += Buffer.from(chunk.bytes).toString("utf8");
  return text;
}

/** Output of a git command as it comes; fails when git is missing or ends with an error. */
export async function* gitChunks(
  folder: string,
  args: readonly string[],
  context: ConnectorContext,
): AsyncGenerator<Chunk> {
  const call = { connector: "git", target: folder, operation: "git" };
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const child = await context.run(call, () => Promise.resolve(start(folder, args, signal)), context.signal);
  const problems: string[] = [];
  child.stderr.on("data", (data: Buffer) => problems.push(data.toString("utf8")));
  const exit = new Promise<number | null>((resolve, reject) => {
    child.on("error", (error) => reject(startFailure(folder, error)));
    child.on("close", resolve);
  });
  // Waited for below, when the output has ended; until then a failure must not count as unhandled.
  exit.catch(() => {});
  try {
    const output = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    let bytesRead = 0;
    for (;;) {
      const next = await context.run(call, () => output.next(), context.signal);
      if (next.done === true) break;
      bytesRead += next.value.byteLength;
      yield { bytes: new Uint8Array(next.value), bytesRead };
    }
    const code = await context.run(call, () => exit, context.signal);
    if (code !== 0)
      throw new FailureError(
        "git-failed",
        `${folder}: git ${args[0]} failed: ${problems.join("").trim() || `exit code ${code}`}.`,
      );
  } finally {
    stop.abort();
  }
}

function startFailure(folder: string, error: Error): FailureError {
  if (error.name === "AbortError") return new FailureError("cancelled", "The call was cancelled.");
  if (errorCode(error) === "ENOENT") {
    return new FailureError(
      "git-missing",
      `${folder}: its history needs git, which is not installed or not on the PATH. Install git and add the folder again.`,
    );
  }
  return new FailureError("git-failed", `${folder}: git could not be started: ${error.message}.`, { cause: error });
}
