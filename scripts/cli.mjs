// npm run -s cli -- ARGS: the command line `faultline` from a checkout. Set-up and build speak on stderr only, so that
// stdout is the command's own.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { buildIfStale } from "./build/build.mjs";
import { callersFolder } from "./run/start-options.mjs";
import { nodeBinary, root } from "./setup/paths.mjs";
import { say, speakOnStderr } from "./setup/say.mjs";
import { setUp } from "./setup/set-up.mjs";

speakOnStderr();
try {
  await setUp();
  await buildIfStale();
  process.exitCode = await runCli();
} catch (error) {
  say(`faultline: ${error.message}`);
  process.exitCode = 1;
}

function runCli() {
  const cli = spawn(nodeBinary(), [join(root, "out", "main", "cli.js"), ...process.argv.slice(2)], {
    stdio: "inherit",
    cwd: callersFolder(root),
  });
  // Ctrl-C reaches the command itself as well; it decides how to end.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => cli.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    cli.on("error", reject);
    cli.on("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
