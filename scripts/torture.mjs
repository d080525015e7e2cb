// npm run torture [-- KILLS]: an import killed with SIGKILL 200 times, or as often as named, at moments spread over its
// length. Every case that is left must be whole, add up, and hold what a reader had seen in it. Takes minutes.
// npm run torture -- letters [LINES]: a file of ten million lines, or as many as named, none of which can be read.
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { nodeBinary, nodeModules, root } from "./setup/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

const isOfLetters = process.argv[2] === "letters";
const times = Number(isOfLetters ? (process.argv[3] ?? 10_000_000) : (process.argv[2] ?? 200));
if (!Number.isInteger(times) || times < 1) {
  process.stderr.write("Usage: npm run torture -- [KILLS] | letters [LINES], whole numbers from 1.\n");
  process.exit(2);
}
const file = isOfLetters ? "dead-letters/many.test.ts" : "ingest/killed-import.test.ts";

await setUp();
const vitest = join(nodeModules, "vitest", "vitest.mjs");
const { status } = spawnSync(nodeBinary(), [vitest, "run", "--project=integration", `test/integration/${file}`], {
  cwd: root,
  env: { ...process.env, [isOfLetters ? "FAULTLINE_LETTERS" : "FAULTLINE_KILLS"]: String(times) },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
