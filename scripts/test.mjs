// npm test [-- NAME…] [-- ARGUMENTS]: set-up, then every check, even after one failed: format, lint, types, build,
// unit, coverage, integration, e2e. The last line is always `N passed, N failed`. With names only those checks run; what starts
// with a dash, or is no name, goes to each of them (`npm test -- unit layers`).
import { checks } from "./check/checks.mjs";
import { summarise } from "./check/reports.mjs";
import { runCheck } from "./check/run-check.mjs";
import { say } from "./setup/say.mjs";
import { setUp } from "./setup/set-up.mjs";

const args = process.argv.slice(2);
const isName = (arg) => checks.some((check) => check.name === arg);
const names = args.filter(isName);
const extra = names.length > 0 ? args.filter((arg) => !isName(arg)) : [];
const chosen = names.length > 0 ? checks.filter((check) => names.includes(check.name)) : checks;

// Without this, Ctrl-C would end us before we could end the runners and the virtual display.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

const results = [];
try {
  if (names.length === 0 && args.length > 0) throw new Error(`there is no check named ${args.join(", ")}`);
  await setUp({ tests: true });
  for (const check of chosen) results.push(await timed(check));
} catch (error) {
  say(`The checks could not run: ${error.message}`);
  results.push({ passed: 0, failed: 1, skipped: 0, retried: [], isTest: false });
}
const { line, good } = summarise(results);
// Only type checks were asked for: then no test has to have run.
const askedForTests = chosen.some((check) => check.count);
say(line);
process.exitCode = good || (!askedForTests && results.every((result) => result.failed === 0)) ? 0 : 1;

async function timed(check) {
  const start = performance.now();
  const result = await runCheck(check, extra).catch((error) => ({
    passed: 0,
    failed: 1,
    skipped: 0,
    retried: [],
    isTest: check.count !== undefined,
    output: String(error.message),
  }));
  if (result.failed > 0) say(result.output.trim());
  for (const name of result.retried) say(`passed only when it was run again: ${name}`);
  say(describe(check, result, (performance.now() - start) / 1000));
  return result;
}

function describe(check, { passed, failed, skipped, isTest }, seconds) {
  const verdict = failed > 0 ? "failed" : "ok";
  const counts = isTest ? `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}` : "";
  return `${check.name.padEnd(12)} ${verdict.padEnd(7)} ${counts.padEnd(28)} ${seconds.toFixed(1)} s`.trimEnd();
}
