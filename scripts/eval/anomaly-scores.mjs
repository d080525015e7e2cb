// Asks `faultline anomalies` for the score of each sample of files that hold one series each.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../setup/paths.mjs";

const run = promisify(execFile);
const cli = [join(root, "node_modules", ".bin", "node"), join(root, "out", "main", "cli.js")];
const MOST_OUTPUT = 2 ** 29;

/**
 * @param {readonly string[]} paths
 * @returns {Promise<Map<string, Float64Array>>} by path
 */
export async function anomalyScores(paths) {
  const byPath = new Map();
  for (const path of paths) {
    const { stdout } = await run(cli[0], [cli[1], "anomalies", path, "--json", "--scores"], { maxBuffer: MOST_OUTPUT });
    const [series] = JSON.parse(stdout).series;
    byPath.set(
      path,
      Float64Array.from(series?.scores ?? [], ({ score }) => score),
    );
  }
  return byPath;
}
