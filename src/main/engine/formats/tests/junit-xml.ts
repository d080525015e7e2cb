/**
 * JUnit XML test reports, https://github.com/testmoapp/junitxml and
 * https://github.com/jenkinsci/xunit-plugin (junit-10.xsd): `testsuites` or `testsuite` around test cases. Quirk: the sums that suites state in
 * attributes are often wrong, so cases are counted; one that ran several times is one test, with its gravest outcome.
 */
import type { Outcome, TestDialect } from "../support/tests/dialect.ts";
import { writtenAttributes } from "../support/tests/dialect.ts";
import { testReport } from "../support/tests/report.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  failure: "failed",
  error: "error",
  skipped: "skipped",
  rerunFailure: "passed",
  flakyFailure: "passed",
};

const dialect: TestDialect = {
  roots: ["testsuites", "testsuite"],
  message: null,
  detail: null,
  suite: (element, attributes) =>
    element === "testsuite" || element === "testsuites"
      ? { name: attributes.get("name"), timestamp: attributes.get("timestamp"), file: attributes.get("file") ?? "" }
      : undefined,
  testCase: (element, attributes) =>
    element === "testcase"
      ? {
          name: attributes.get("name") ?? "",
          className: attributes.get("classname") ?? "",
          file: attributes.get("file"),
          timestamp: attributes.get("timestamp"),
          time: attributes.get("time"),
        }
      : undefined,
  outcome: (element) => OUTCOMES[element],
  around: ({ name, timestamp, file }) => [`<testsuite${writtenAttributes({ name, timestamp, file })}>`, "</testsuite>"],
};

export default testReport({ id: "junit-xml", title: "JUnit XML", version: 2, dialect });
