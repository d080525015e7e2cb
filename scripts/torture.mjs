// npm run torture [-- KILLS]: an import killed with SIGKILL 200 times, or as often as named, at moments spread over its
// length. Every case that is left must be whole, add up, and hold what a reader had seen in it. Takes minutes.
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { nodeBinary, nodeModules, root } from "./setup/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

const kills = Number(process.argv[2] ?? 200);
if (!Number.isInteger(kills) || kills < 1) {
  process.stderr.write("Usage: npm run torture -- [KILLS], a whole number from 1.\n");
  process.exit(2);
}

await setUp();
const vitest = join(nodeModules, "vitest", "vitest.mjs");
const { status } = spawnSync(
  nodeBinary(),
  [vitest, "run", "--project=integration", "test/integration/ingest/killed-import.test.ts"],
  {
    cwd: root,
    env: { ...process.env, FAULTLINE_KILLS: String(kills) },
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;
