/**
 * Reports of Playwright's JSON reporter, https://playwright.dev/docs/test-reporters#json-reporter: suites in suites, in
 * these the specs, of each a test a project, of each a result a try. Quirk: a test that passed at last is "flaky", and is
 * told as passed; its earlier tries are no failures.
 */
import { failureOf, type TestPart, testParts } from "../support/tests/json-tests.ts";
import { arrayOf, isObject, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { partsFormat } from "../support/objects/parts-format.ts";
import type { Outcome } from "../support/tests/dialect.ts";

/** Suites within suites are followed this deep. */
const DEEPEST = 32;
const MILLIS_PER_SECOND = 1_000;
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  expected: "passed",
  flaky: "passed",
  unexpected: "failed",
  skipped: "skipped",
};

function isReport(json: unknown): boolean {
  const config = isObject(json) ? objectOf(json, "config") : undefined;
  return (
    config !== undefined && isObject(json) && Array.isArray(json["suites"]) && textOf(config, ["rootDir"]) !== undefined
  );
}

function testOf(value: unknown, titles: readonly string[], outer: JsonObject): TestPart {
  const of = isObject(value) ? value : {};
  const outcome = OUTCOMES[textOf(of, ["status"]) ?? ""];
  if (outcome === undefined) return { value, outer, test: null };
  const last = arrayOf(of, "results").findLast(isObject) ?? {};
  const error = objectOf(last, "error") ?? arrayOf(last, "errors").find(isObject) ?? {};
  const failure = failureOf(outcome === "failed" ? textOf(error, ["message", "value"]) : "");
  const project = textOf(of, ["projectName"]);
  const name = [project === undefined ? undefined : `[${project}]`, titles.join(" › ")].filter(
    (part) => part !== undefined,
  );
  const milliseconds = numberOf(last["duration"]);
  return {
    value,
    outer,
    test: { name: name.join(" "), className: "", outcome, ...failure },
    start: last["startTime"],
    seconds: milliseconds === undefined ? undefined : milliseconds / MILLIS_PER_SECOND,
  };
}

function partsOf(suite: JsonObject, above: readonly string[] = []): readonly TestPart[] {
  const titles = [...above, textOf(suite, ["title"])].filter((title) => title !== undefined);
  const specs = arrayOf(suite, "specs").flatMap((value): readonly TestPart[] => {
    if (!isObject(value)) return [{ value, outer: {}, test: null }];
    const title = textOf(value, ["title"]) ?? "";
    const outer = { file: textOf(value, ["file"]) ?? "", line: value["line"] ?? null };
    return arrayOf(value, "tests").map((test) => testOf(test, [...titles, title], outer));
  });
  const inner = above.length < DEEPEST ? arrayOf(suite, "suites").filter(isObject) : [];
  return [...specs, ...inner.flatMap((one) => partsOf(one, titles))];
}

export default partsFormat<TestPart>({
  id: "playwright-json",
  title: "Playwright's JSON report",
  version: 1,
  what: "a report of Playwright",
  confidence: 0.97,
  paths: (json) => (isReport(json) ? ["suites[*]"] : []),
  parts: (suite) => partsOf(suite),
  ...testParts(),
});
