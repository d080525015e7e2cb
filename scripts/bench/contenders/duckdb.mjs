// DuckDB loads the file into a table on disk; a second process opens the table and answers. It is installed in bench/ when
// it is first needed, and never by the tests.
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { nodeBinary, pathOutsideCheckout, root } from "../../setup/paths.mjs";
import { run } from "../../setup/run.mjs";
import { measuredProcess } from "../measured-process.mjs";

const folder = join(root, "bench");
const installed = () => existsSync(join(folder, "node_modules", "@duckdb", "node-api", "package.json"));

/** @type {import("./contender.mjs").Contender} */
export const duckdb = {
  name: "DuckDB",
  async absent() {
    if (installed()) return null;
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const env = { ...process.env, PATH: pathOutsideCheckout() };
    const { ok } = await run(npm, ["ci", "--loglevel=error"], {
      cwd: folder,
      env,
      shell: process.platform === "win32",
    });
    return ok && installed() ? null : "run npm ci in bench/, which needs a package registry";
  },
  async run({ jsonLines }, workFolder) {
    const work = join(workFolder, "duckdb");
    mkdirSync(work, { recursive: true });
    const file = join(work, "bench.duckdb");
    const ask = (/** @type {string} */ script, /** @type {string[]} */ ...args) =>
      measuredProcess(nodeBinary(), [join(folder, script), file, String(availableParallelism()), ...args]);
    try {
      const loading = await ask("duckdb-load.mjs", jsonLines.path);
      const { output } = await ask("duckdb-questions.mjs", jsonLines.rare);
      const { times, answers } = JSON.parse(output);
      const values = {
        import: loading.ms,
        memory: loading.peakBytes,
        size: statSync(file).size / jsonLines.bytes,
        ...times,
      };
      const samples = Object.entries(values).map(([measure, value]) => ({
        input: /** @type {const} */ ("lines"),
        measure,
        value,
      }));
      return { samples, answers };
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
};
