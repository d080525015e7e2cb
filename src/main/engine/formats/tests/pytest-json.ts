/**
 * Reports of pytest-json-report, https://github.com/numirias/pytest-json-report#format. Quirk: a test has three stages, of
 * which any may fail; only when the run began is known, not when a test did. Collectors that fail are errors too.
 */
import { failureOf, type TestPart, testParts } from "../support/tests/json-tests.ts";
import { isObject, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { partsFormat } from "../support/objects/parts-format.ts";
import type { Outcome } from "../support/tests/dialect.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  passed: "passed",
  xpassed: "passed",
  failed: "failed",
  error: "error",
  skipped: "skipped",
  xfailed: "skipped",
};
const STAGES = ["setup", "call", "teardown"];

const isReport = (json: unknown): boolean =>
  isObject(json) &&
  typeof json["created"] === "number" &&
  typeof json["exitcode"] === "number" &&
  objectOf(json, "summary") !== undefined;

function partsOf(value: JsonObject): readonly TestPart[] {
  const name = textOf(value, ["nodeid"]);
  const isCollector = Array.isArray(value["result"]);
  const outcome = OUTCOMES[textOf(value, ["outcome"]) ?? ""];
  if (isCollector && outcome === "passed") return [];
  if (name === undefined || outcome === undefined) return [{ value, outer: {}, test: null }];
  const stages = STAGES.map((stage) => objectOf(value, stage)).filter((stage) => stage !== undefined);
  const failed = stages.find((stage) => textOf(stage, ["outcome"]) === "failed") ?? value;
  const crash = textOf(objectOf(failed, "crash") ?? {}, ["message"]);
  const failure = failureOf(crash ?? textOf(failed, ["longrepr"]));
  const seconds = stages.reduce((sum, stage) => sum + (numberOf(stage["duration"]) ?? 0), 0);
  const bad = outcome === "failed" || outcome === "error";
  const test = {
    name,
    className: "",
    outcome: isCollector ? "error" : outcome,
    ...(bad ? failure : failureOf("")),
  } as const;
  return [{ value, outer: {}, test, seconds: stages.length === 0 ? undefined : seconds }];
}

export default partsFormat<TestPart>({
  id: "pytest-json",
  title: "pytest's JSON report (pytest-json-report)",
  version: 1,
  what: "a report of pytest-json-report",
  confidence: 0.97,
  paths: (json) => (isReport(json) ? ["collectors[*]", "tests[*]"] : []),
  keys: ["exitcode"],
  before: ["created"],
  parts: partsOf,
  ...testParts((before) => before["created"]),
});
