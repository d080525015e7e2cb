// The numbers in the JSON reports of the test runners. A run that ended badly never counts as clean: what its report
// does not explain is one failure.

/**
 * @typedef {{ passed: number, failed: number, skipped: number, retried: readonly string[] }} Counts of tests; `retried`
 *   names those that passed only when they were run again
 */

/**
 * @param {any} report of `vitest --reporter=json`
 * @param {boolean} exitedWell
 * @returns {Counts}
 */
export function countVitest(report, exitedWell) {
  const files = report?.testResults ?? [];
  const brokenFiles = files.filter(
    (file) => file.status === "failed" && !file.assertionResults?.some((test) => test.status === "failed"),
  );
  return explained({
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + brokenFiles.length,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    retried: files
      .flatMap((file) => file.assertionResults ?? [])
      .filter(({ status, failureMessages }) => status === "passed" && failureMessages?.length > 0)
      .map(({ fullName }) => fullName),
    exitedWell,
  });
}

/**
 * @param {any} report of `playwright test --reporter=json`
 * @param {boolean} exitedWell
 * @returns {Counts}
 */
export function countPlaywright(report, exitedWell) {
  const stats = report?.stats ?? {};
  return explained({
    passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: (stats.unexpected ?? 0) + (report?.errors?.length ?? 0),
    skipped: stats.skipped ?? 0,
    retried: specsOf(report?.suites ?? [])
      .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
      .map(({ title }) => title),
    exitedWell,
  });
}

const specsOf = (suites) => suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites ?? [])]);

/**
 * Adds up what the checks counted, and says whether all of it is good: nothing failed, and some test did run.
 * @param {readonly (Counts & { isTest: boolean })[]} checks
 */
export function summarise(checks) {
  const sum = (pick) => checks.reduce((total, check) => total + pick(check), 0);
  const passed = sum((check) => check.passed);
  const failed = sum((check) => check.failed);
  const testsRan = sum((check) => (check.isTest ? check.passed + check.failed : 0));
  return { line: `${passed} passed, ${failed} failed`, good: failed === 0 && testsRan > 0 };
}

function explained({ exitedWell, ...counts }) {
  return !exitedWell && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
