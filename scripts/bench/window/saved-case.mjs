// A case of the benchmark's lines, saved by the command line: what the window is measured with is not its import.
import { join } from "node:path";
import { nodeBinary, root } from "../../setup/paths.mjs";
import { mustRun } from "../../setup/run.mjs";

/** @param {string} path of the lines @param {string} folder @param {string} name @returns {Promise<string>} the case file */
export async function savedCase(path, folder, name) {
  const file = join(folder, `${name}.faultline`);
  const cli = join(root, "out", "main", "cli.js");
  await mustRun(nodeBinary(), [cli, "--data-folder", join(folder, "data"), "analyze", path, "--case", file]);
  return file;
}
