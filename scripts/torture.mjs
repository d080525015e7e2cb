// npm run torture [-- KILLS]: an import killed with SIGKILL 200 times, or as often as named, at moments spread over its
// length. Every case that is left must be whole, add up, and hold what a reader had seen in it. Takes minutes.
// npm run torture -- letters [LINES]: a file of ten million lines, or as many as named, none of which can be read.
// npm run torture -- size [MEGABYTES]: a file of two gigabytes, or as large as named, searched while it is read in
// bounded memory, and another import of it ended half way.
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { nodeBinary, nodeModules, root } from "./setup/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

const TORTURES = {
  kills: { file: "ingest/killed-import.test.ts", variable: "FAULTLINE_KILLS", usual: 200 },
  letters: { file: "dead-letters/many.test.ts", variable: "FAULTLINE_LETTERS", usual: 10_000_000 },
  size: { file: "ingest/large-file.test.ts", variable: "FAULTLINE_MEGABYTES", usual: 2_000 },
};

const args = process.argv.slice(2);
const name = Object.hasOwn(TORTURES, args[0] ?? "") ? args.shift() : "kills";
const { file, variable, usual } = TORTURES[name];
const times = Number(args.shift() ?? usual);
if (!Number.isInteger(times) || times < 1 || args.length > 0) {
  process.stderr.write(
    "Usage: npm run torture -- [KILLS] | letters [LINES] | size [MEGABYTES], whole numbers from 1.\n",
  );
  process.exit(2);
}

await setUp();
const vitest = join(nodeModules, "vitest", "vitest.mjs");
const { status } = spawnSync(nodeBinary(), [vitest, "run", "--project=integration", `test/integration/${file}`], {
  cwd: root,
  env: { ...process.env, [variable]: String(times) },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
