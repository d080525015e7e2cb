// Builds src/ into out/ with electron-vite, when out/ is not already made from the very same sources.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../setup/lock.mjs";
import { nodeBinary, nodeModules, root } from "../setup/paths.mjs";
import { mustRun } from "../setup/run.mjs";
import { say } from "../setup/say.mjs";
import { readStamp, writeStamp } from "../setup/stamp.mjs";
import { treeHash } from "./stale.mjs";

const out = join(root, "out");
const inputs = ["src", "electron.vite.config.ts", "tsconfig.base.json", "package.json", "package-lock.json"];

export async function buildIfStale({ force = false } = {}) {
  if (!force && isCurrent()) return;
  await withLock("build", async () => {
    if (!force && isCurrent()) return;
    say("Building src/ into out/.");
    const hash = treeHash(root, inputs);
    await mustRun(nodeBinary(), [join(nodeModules, "electron-vite", "bin", "electron-vite.js"), "build"], {
      cwd: root,
    });
    writeStamp("build", hash, out);
  });
}

function isCurrent() {
  return existsSync(join(out, "main")) && readStamp("build", out) === treeHash(root, inputs);
}
