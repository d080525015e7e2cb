// Runs one check and reads its report. Its output is shown only when it failed.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasDisplay, startVirtualDisplay } from "../run/display.mjs";
import { nodeBinary, root } from "../setup/paths.mjs";
import { run } from "../setup/run.mjs";

/** No check may hang a machine for ever. */
const LIMIT_MS = 20 * 60_000;

/**
 * @param {import("./checks.mjs").Check} check
 * @param {readonly string[]} extra arguments for the check's last command
 */
export async function runCheck(check, extra = []) {
  const folder = mkdtempSync(join(tmpdir(), "faultline-check-"));
  const report = join(folder, "report.json");
  const display = check.needsDisplay && !hasDisplay() ? await startVirtualDisplay() : undefined;
  const { FORCE_COLOR: _, ...ownEnv } = process.env;
  const env = { ...ownEnv, NO_COLOR: "1", ...display?.env };
  if (check.reportEnv) env[check.reportEnv] = report;
  try {
    let ok = true;
    let output = "";
    for (const command of check.commands) {
      const args = [...command, ...(check.count && !check.reportEnv ? [`--outputFile.json=${report}`] : []), ...extra];
      const result = await run(nodeBinary(), args, { cwd: root, env, timeout: LIMIT_MS });
      ok &&= result.ok;
      output += result.output;
    }
    const counts = check.count
      ? check.count(readReport(report), ok)
      : { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, retried: [] };
    return { ...counts, isTest: check.count !== undefined, output };
  } finally {
    display?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
