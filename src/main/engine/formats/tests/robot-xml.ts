/**
 * Output of Robot Framework,
 * https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#output-file: suites in suites, tests, and
 * keywords with statuses like theirs. Quirks: only the status right below a test is the test's; before version 7 times
 * are written without separators and an end instead of a duration.
 */
import type { Attributes, CaseResult, Outcome, TestDialect } from "../support/tests/dialect.ts";
import { writtenAttributes } from "../support/tests/dialect.ts";
import { testReport } from "../support/tests/report.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = { PASS: "passed", FAIL: "failed" };

/** "20260612 14:02:00.001" with separators. */
const isoOf = (written: string | undefined): string | undefined =>
  written?.replace(/^(\d{4})(\d\d)(\d\d) /, "$1-$2-$3T");

/** Seconds from the one to the other; undefined where either is "N/A". */
function secondsBetween(start: string | undefined, end: string | undefined): string | undefined {
  const millis = Date.parse(`${end ?? ""}Z`) - Date.parse(`${start ?? ""}Z`);
  return Number.isNaN(millis) ? undefined : String(millis / 1_000);
}

function resultOf(attributes: Attributes): CaseResult {
  const start = attributes.get("start") ?? isoOf(attributes.get("starttime"));
  return {
    outcome: OUTCOMES[attributes.get("status") ?? ""] ?? "skipped",
    timestamp: start,
    time: attributes.get("elapsed") ?? secondsBetween(start, isoOf(attributes.get("endtime"))),
  };
}

const dialect: TestDialect = {
  roots: ["robot"],
  message: null,
  detail: null,
  suite: (element, attributes) =>
    element === "suite" ? { name: attributes.get("name"), file: attributes.get("source") ?? "" } : undefined,
  testCase: (element, attributes) =>
    element === "test" || element === "task" ? { name: attributes.get("name") ?? "", className: "" } : undefined,
  outcome: () => undefined,
  result: (element, attributes, depth) => (element === "status" && depth === 1 ? resultOf(attributes) : undefined),
  around: ({ name, file }) => [`<suite${writtenAttributes({ name, source: file })}>`, "</suite>"],
};

export default testReport({ id: "robot-xml", title: "Output of Robot Framework", version: 1, dialect });
