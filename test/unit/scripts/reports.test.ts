import { describe, expect, it } from "vitest";
import { countPlaywright, countVitest, summarise } from "../../../scripts/check/reports.mjs";

describe("the report of vitest", () => {
  it("counts passed, failed and skipped tests", () => {
    const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1, testResults: [] };
    expect(countVitest(report, false)).toEqual({ passed: 7, failed: 2, skipped: 2, retried: [] });
  });

  it("counts a file that could not be loaded as one failure", () => {
    const report = { numPassedTests: 7, numFailedTests: 0, testResults: [{ status: "failed", assertionResults: [] }] };
    expect(countVitest(report, false)).toEqual({ passed: 7, failed: 1, skipped: 0, retried: [] });
  });

  it("does not count a failed test's file once more", () => {
    const file = { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] };
    expect(countVitest({ numPassedTests: 1, numFailedTests: 1, testResults: [file] }, false).failed).toBe(1);
  });

  it("names what passed only when it was run again", () => {
    const passed = { status: "passed", failureMessages: [], fullName: "at once" };
    const again = { status: "passed", failureMessages: ["expected 1 to be 2"], fullName: "at the second try" };
    const file = { status: "passed", assertionResults: [passed, again] };
    const report = { numPassedTests: 2, numFailedTests: 0, testResults: [file] };
    expect(countVitest(report, true)).toEqual({ passed: 2, failed: 0, skipped: 0, retried: ["at the second try"] });
  });

  it("counts one failure when the runner ended badly without saying why", () => {
    expect(countVitest({ numPassedTests: 7, numFailedTests: 0, testResults: [] }, false).failed).toBe(1);
    expect(countVitest(undefined, false)).toEqual({ passed: 0, failed: 1, skipped: 0, retried: [] });
  });
});

describe("the report of Playwright", () => {
  it("counts a test that passed at the second try as passed, and names it", () => {
    const stats = { expected: 3, flaky: 1, unexpected: 0, skipped: 2 };
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const suites = [{ specs: [spec("a", "expected")], suites: [{ specs: [spec("b", "flaky")] }] }];
    expect(countPlaywright({ stats, suites, errors: [] }, true)).toEqual({
      passed: 4,
      failed: 0,
      skipped: 2,
      retried: ["b"],
    });
  });

  it("counts errors outside of tests", () => {
    const report = { stats: { expected: 0, flaky: 0, unexpected: 0, skipped: 0 }, errors: [{ message: "no tests" }] };
    expect(countPlaywright(report, false).failed).toBe(1);
  });
});

describe("the last line", () => {
  const lint = { passed: 1, failed: 0, skipped: 0, retried: [], isTest: false };
  const unit = { passed: 41, failed: 0, skipped: 3, retried: [], isTest: true };

  it("adds up tests and checks", () => {
    expect(summarise([lint, unit])).toEqual({ line: "42 passed, 0 failed", good: true });
  });

  it("is not good with a failure", () => {
    expect(summarise([{ ...lint, passed: 0, failed: 1 }, unit])).toEqual({ line: "41 passed, 1 failed", good: false });
  });

  it("is not good when no test ran", () => {
    expect(summarise([lint, { ...unit, passed: 0 }]).good).toBe(false);
    expect(summarise([]).good).toBe(false);
  });
});
