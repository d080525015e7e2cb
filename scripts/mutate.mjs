// npm run mutate [-- --mutate FILE]: changes the resilience layer in thousands of small ways and counts how many of them
// its tests notice. Ends with 1 below a score of 90 %. Takes many minutes.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { nodeBinary, nodeModules, root } from "./setup/paths.mjs";
import { setUp } from "./setup/set-up.mjs";

await setUp();
const stryker = join(nodeModules, "@stryker-mutator", "core", "bin", "stryker.js");
const { status } = spawnSync(
  nodeBinary(),
  [stryker, "run", "scripts/mutate/stryker.config.json", ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;
