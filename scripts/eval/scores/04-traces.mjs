// Critical paths as `faultline trace --critical-path --json` prints them, against the exact sections of every trace with
// a known answer.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../setup/paths.mjs";

const run = promisify(execFile);
const node = join(root, "node_modules", ".bin", "node");
const cli = process.env.FAULTLINE_CLI ?? join(root, "out", "main", "cli.js");

export const title = "Critical paths of traces";

/** @param {string} data @param {(text: string) => void} print */
export async function score(data, print) {
  const file = join(data, "traces", "jaeger", "critical_path_cases.json");
  if (!existsSync(file)) {
    print("  no traces with a known critical path in this data\n");
    return true;
  }
  const cases = JSON.parse(readFileSync(file, "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "faultline-eval-"));
  let exact = 0;
  try {
    for (const [index, { case: name, trace, criticalPathSections }] of cases.entries()) {
      const input = join(folder, `${index}.json`);
      writeFileSync(input, JSON.stringify({ data: [trace] }));
      const expected = criticalPathSections.map(({ spanID, sectionStart, sectionEnd }) => ({
        spanId: spanID,
        start: sectionStart,
        end: sectionEnd,
      }));
      const found = await sectionsOf(input, trace.traceID);
      if (JSON.stringify(found) === JSON.stringify(expected)) exact += 1;
      else print(`  ${name}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  print(`  exact: ${exact} of ${cases.length}\n`);
  return exact === cases.length;
}

async function sectionsOf(file, traceId) {
  try {
    const { stdout } = await run(node, [cli, "trace", file, "--id", traceId, "--critical-path", "--json"]);
    return JSON.parse(stdout).sections;
  } catch (failure) {
    return String(failure);
  }
}
