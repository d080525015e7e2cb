/**
 * `Test.xml` of CTest, https://cmake.org/cmake/help/latest/manual/ctest.1.html: tests with measurements by name. Quirks: the
 * list of tests above them has elements of the same name; a test's time is that of the build's stamp, which is UTC.
 */
import type { Outcome, TestDialect } from "../support/tests/dialect.ts";
import { writtenAttributes } from "../support/tests/dialect.ts";
import { testReport } from "../support/tests/report.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = { passed: "passed", failed: "failed" };

/** "20260612-1402-Experimental" as a time. */
const timeOf = (stamp: string | undefined): string | undefined =>
  stamp !== undefined && /^\d{8}-\d{4}/.test(stamp)
    ? stamp.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d).*/s, "$1-$2-$3T$4:$5:00Z")
    : undefined;

const dialect: TestDialect = {
  roots: ["Site"],
  message: null,
  detail: null,
  suite: (element, attributes) =>
    element === "Site"
      ? { name: attributes.get("BuildName"), timestamp: timeOf(attributes.get("BuildStamp")), file: "" }
      : undefined,
  testCase: (element, attributes) => {
    const status = attributes.get("Status");
    return element === "Test" && status !== undefined
      ? { name: "", className: "", outcome: OUTCOMES[status] ?? "skipped" }
      : undefined;
  },
  outcome: () => undefined,
  part(element, within, depth) {
    if (element === "Name" && depth === 1) return "name";
    if (element !== "Value") return undefined;
    const measured = within.get("name");
    return measured === "Execution Time" ? "time" : measured === undefined ? "detail" : undefined;
  },
  around: ({ name }) => [`<Site${writtenAttributes({ BuildName: name })}>`, "</Site>"],
};

export default testReport({ id: "ctest-xml", title: "Results of CTest", version: 1, dialect });
