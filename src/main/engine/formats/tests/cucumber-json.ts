/**
 * Reports of Cucumber and its kin as JSON, https://github.com/cucumber/json-formatter: features, in them scenarios, in
 * them steps. Quirk: durations are nanoseconds with most tools; a scenario has no outcome of its own, so the gravest of
 * its steps and hooks is its outcome. What stands behind a keyword "Background" is repeated with each scenario's steps.
 */
import { failureOf, type TestPart, testParts } from "../support/tests/json-tests.ts";
import { arrayOf, isObject, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { partsFormat } from "../support/objects/parts-format.ts";
import type { Outcome } from "../support/tests/dialect.ts";
import { gravity } from "../support/tests/result.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  passed: "passed",
  failed: "failed",
  ambiguous: "failed",
  undefined: "error",
  pending: "skipped",
  skipped: "skipped",
};
const NANOS_PER_SECOND = 1e9;

const isFeature = (value: unknown): boolean =>
  isObject(value) &&
  Array.isArray(value["elements"]) &&
  typeof value["keyword"] === "string" &&
  textOf(value, ["uri"]) !== undefined;

const isBackground = (value: unknown): boolean => isObject(value) && textOf(value, ["type"]) === "background";

function scenarioOf(value: unknown, feature: JsonObject): TestPart {
  const outer = { feature: textOf(feature, ["name"]) ?? "", uri: textOf(feature, ["uri"]) ?? "" };
  const of = isObject(value) ? value : {};
  if (textOf(of, ["name", "id"]) === undefined || !Array.isArray(of["steps"])) return { value, outer, test: null };
  const results = ["before", "steps", "after"]
    .flatMap((list) => arrayOf(of, list))
    .map((step) => (isObject(step) ? objectOf(step, "result") : undefined))
    .filter((result) => result !== undefined);
  const outcomes = results.map((result) => OUTCOMES[textOf(result, ["status"]) ?? ""] ?? "skipped");
  const outcome = outcomes.reduce<Outcome>((worst, one) => (gravity(one) > gravity(worst) ? one : worst), "passed");
  const failed = results[outcomes.indexOf(outcome)] ?? {};
  const bad = outcome === "failed" || outcome === "error";
  const name = `${outer.feature}: ${textOf(of, ["name", "id"]) ?? ""}`;
  const nanos = results.reduce((sum, result) => sum + (numberOf(result["duration"]) ?? 0), 0);
  const failure = failureOf(bad ? textOf(failed, ["error_message", "status"]) : "");
  return {
    value,
    outer,
    test: { name, className: "", outcome, ...failure },
    start: of["start_timestamp"],
    seconds: nanos / NANOS_PER_SECOND,
  };
}

export default partsFormat<TestPart>({
  id: "cucumber-json",
  title: "Cucumber's JSON report",
  version: 1,
  what: "features of a report of Cucumber",
  confidence: 0.96,
  paths: (json) => (Array.isArray(json) && json.some(isFeature) ? ["[*]"] : []),
  parts: (feature) =>
    Array.isArray(feature["elements"])
      ? arrayOf(feature, "elements")
          .filter((element) => !isBackground(element))
          .map((element) => scenarioOf(element, feature))
      : [{ value: feature, outer: {}, test: null }],
  ...testParts(),
});
