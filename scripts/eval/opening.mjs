// Opens an incident with `faultline analyze` and holds its accounting against an independent count of every file.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../setup/paths.mjs";
import { independentCount } from "./independent-count.mjs";

const run = promisify(execFile);
const cli = [join(root, "node_modules", ".bin", "node"), join(root, "out", "main", "cli.js")];

/**
 * @param {{ name: string, folder: string }} incident
 * @returns {Promise<{ name: string, report: any, faults: string[] }>} `faults` are sentences; empty when all adds up
 */
export async function openIncident({ name, folder }) {
  const { stdout } = await run(cli[0], [cli[1], "analyze", folder, "--json"], { maxBuffer: 1 << 28 });
  const report = JSON.parse(stdout);
  const faults = report.sources.flatMap((source) => faultsOf(source));
  return { name, report, faults };
}

function faultsOf(source) {
  const faults = [];
  const { path, format, read, records, deadLetters, skipped } = source;
  if (format === null) faults.push(`${path} was not recognised`);
  if (records + deadLetters + skipped !== read)
    faults.push(`${path}: ${records} + ${deadLetters} + ${skipped} is not ${read}`);
  const { unit, count } = independentCount(path);
  if (read !== count) faults.push(`${path}: read ${read}, but it holds ${count} ${unit}`);
  return faults;
}
