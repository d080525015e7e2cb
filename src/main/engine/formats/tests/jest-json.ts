/**
 * Reports of Jest and Vitest as JSON (`jest --json`, `vitest --reporter=json`),
 * https://jestjs.io/docs/configuration#testresultsprocessor-string: results of files, and in each those of its tests.
 * Quirk: when a file was run stands behind its tests; a file that could not be run has none, and is an error itself.
 */
import { failureOf, type TestPart, testParts } from "../support/tests/json-tests.ts";
import { arrayOf, firstOf, isObject, type JsonObject, numberOf, textOf } from "../support/json/value.ts";
import { partsFormat } from "../support/objects/parts-format.ts";
import type { Outcome } from "../support/tests/dialect.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  pending: "skipped",
  todo: "skipped",
  disabled: "skipped",
  focused: "passed",
};
const MILLIS_PER_SECOND = 1_000;

const isReport = (json: unknown): boolean =>
  isObject(json) &&
  ["numTotalTests", "numFailedTests"].every((key) => typeof json[key] === "number") &&
  (Array.isArray(json["testResults"]) || json["testResults"] === undefined);

const secondsOf = (milliseconds: unknown): number | undefined => {
  const number = numberOf(milliseconds);
  return number === undefined ? undefined : number / MILLIS_PER_SECOND;
};

function testOf(value: unknown, file: JsonObject, outer: JsonObject): TestPart {
  const of = isObject(value) ? value : {};
  const outcome = OUTCOMES[textOf(of, ["status"]) ?? ""];
  const name = textOf(of, ["fullName", "title"]);
  if (name === undefined || outcome === undefined) return { value, outer, test: null };
  const failure =
    outcome === "failed" ? failureOf(textOf({ first: arrayOf(of, "failureMessages")[0] }, ["first"])) : failureOf("");
  const start = firstOf(of, ["startAt"]) ?? firstOf(file, ["startTime"]);
  return {
    value,
    outer,
    test: { name, className: "", outcome, ...failure },
    start,
    seconds: secondsOf(of["duration"]),
  };
}

function partsOf(file: JsonObject): readonly TestPart[] {
  const name = textOf(file, ["name", "testFilePath"]) ?? "a file";
  const outer = { file: name };
  const parts = [...arrayOf(file, "assertionResults"), ...arrayOf(file, "testResults")].map((value) =>
    testOf(value, file, outer),
  );
  const failed = textOf(file, ["status"]) === "failed";
  if (parts.length > 0) return parts;
  const outcome = failed ? "error" : "passed";
  const test = { name, className: "", outcome, ...failureOf(textOf(file, ["message", "failureMessage"])) } as const;
  return [{ value: file, outer: {}, test, start: firstOf(file, ["startTime"]) }];
}

export default partsFormat<TestPart>({
  id: "jest-json",
  title: "Jest's and Vitest's JSON report",
  version: 1,
  what: "a report of Jest or Vitest",
  confidence: 0.97,
  paths: (json) => (isReport(json) ? ["testResults[*]"] : []),
  keys: ["numTotalTests"],
  before: ["startTime"],
  parts: partsOf,
  ...testParts((before) => before["startTime"]),
});
