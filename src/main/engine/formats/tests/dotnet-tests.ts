/**
 * Test reports of .NET: NUnit 2 and 3, https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html,
 * xUnit.net v2, https://xunit.net/docs/format-xml-v2, and Visual Studio's TRX. Quirk: outcomes are attributes in words of
 * each runner; what did not run, whatever the reason, is skipped.
 */
import { type Attributes, type Outcome, type TestDialect, writtenAttributes } from "../support/tests/dialect.ts";
import { testReport } from "../support/tests/report.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  passed: "passed",
  pass: "passed",
  success: "passed",
  passedbutrunaborted: "passed",
  completed: "passed",
  warning: "passed",
  failed: "failed",
  fail: "failed",
  failure: "failed",
  timeout: "failed",
  error: "error",
};
const SUITES = new Set(["test-run", "test-results", "test-suite", "assembly", "collection", "TestRun", "Times"]);
const CASES = new Set(["test-case", "test", "UnitTestResult"]);

function outcomeOf(attributes: Attributes): Outcome {
  const stated = attributes.get("result") ?? attributes.get("outcome");
  if (stated !== undefined) return OUTCOMES[stated.toLowerCase()] ?? "skipped";
  if (/^false$/i.test(attributes.get("executed") ?? "")) return "skipped";
  return /^false$/i.test(attributes.get("success") ?? "") ? "failed" : "passed";
}

/** Days and clocks stand in attributes of their own in NUnit 2 (`date`, `time`) and xUnit.net (`run-date`, `run-time`). */
function timeOf(attributes: Attributes): string | undefined {
  const whole = attributes.get("start-time") ?? attributes.get("startTime") ?? attributes.get("start");
  if (whole !== undefined) return whole;
  const day = attributes.get("run-date") ?? attributes.get("date");
  return day === undefined ? undefined : `${day} ${attributes.get("run-time") ?? attributes.get("time") ?? "00:00"}`;
}

const dialect: TestDialect = {
  roots: ["test-run", "test-results", "test-suite", "assemblies", "assembly", "TestRun"],
  message: "message",
  detail: "stack-trace",
  suite: (element, attributes) =>
    SUITES.has(element) ? { name: attributes.get("name"), timestamp: timeOf(attributes) } : undefined,
  testCase: (element, attributes) =>
    CASES.has(element)
      ? {
          name: attributes.get("fullname") ?? attributes.get("testName") ?? attributes.get("name") ?? "",
          className: "",
          // Rows of one test that runs with many data share its name.
          file: attributes.get("executionId") ?? attributes.get("id"),
          timestamp: attributes.get("start-time") ?? attributes.get("startTime"),
          time: attributes.get("duration") ?? attributes.get("time"),
          outcome: outcomeOf(attributes),
        }
      : undefined,
  // Early NUnit states no outcome of what it ran.
  outcome: (element) => (element === "failure" ? "failed" : undefined),
  around: ({ name, timestamp }) => [
    `<test-suite${writtenAttributes({ name, "start-time": timestamp })}>`,
    "</test-suite>",
  ],
};

export default testReport({
  id: "dotnet-tests",
  title: "Test reports of .NET (NUnit, xUnit.net, TRX)",
  version: 1,
  dialect,
});
