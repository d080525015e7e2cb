/**
 * Reports of Mocha's JSON reporter, https://mochajs.org/#json: `{stats, tests, pending, failures, passes}`.
 * Quirk: `tests` repeats what stands in the three other lists without its outcome, and a hook that fails is a failure and no
 * test; so the lists of outcomes are read.
 */
import type { Surroundings } from "../../../../shared/model/dead-letter.ts";
import type { RecordInput, Timestamp } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { fieldsOf } from "../support/fields.ts";
import {
  elementParser,
  fileElement,
  isRefusal,
  knownNow,
  type Refusal,
  surroundings,
} from "../support/json/elements.ts";
import { isObject, type JsonObject, numberOf, objectOf, parseJsonValue, textOf } from "../support/json/value.ts";
import { notAnObject } from "../support/objects/object-format.ts";
import type { Outcome } from "../support/tests/dialect.ts";
import { textIn } from "../support/tests/events.ts";
import { OutcomeSums, testMessage, testRecord, type TestResult } from "../support/tests/result.ts";

const STATS = "stats";
const LISTS: Readonly<Record<string, Outcome>> = { passes: "passed", failures: "failed", pending: "skipped" };
const elementsOf = (list: string): string => `${list}[*]`;
const OUTCOME_AT = new Map(Object.entries(LISTS).map(([list, outcome]) => [elementsOf(list), outcome]));
const MILLIS_PER_SECOND = 1_000;

const isReport = (json: unknown): boolean => {
  const stats = isObject(json) ? objectOf(json, STATS) : undefined;
  return stats !== undefined && ["suites", "tests", "passes"].every((key) => typeof stats[key] === "number");
};

function resultOf(test: JsonObject, outcome: Outcome): TestResult {
  const name = textOf(test, ["fullTitle", "title"]) ?? "";
  const failure = objectOf(test, "err") ?? {};
  return { name, className: "", outcome, message: textOf(failure, ["message"]) ?? null, detail: "" };
}

function recordOf(value: unknown, outcome: Outcome, time: Timestamp | null): RecordInput | Refusal {
  if (!isObject(value)) return notAnObject(value);
  if (textOf(value, ["fullTitle", "title"]) === undefined)
    return { reason: "not-a-test", message: "the object has no title, so it is no test" };
  const milliseconds = numberOf(value["duration"]);
  const seconds = milliseconds === undefined ? undefined : milliseconds / MILLIS_PER_SECOND;
  return testRecord(resultOf(value, outcome), { time, seconds, context: outcome });
}

export default {
  id: "mocha-json",
  title: "Mocha's JSON report",
  version: 1,
  unit: "test",
  detect: (sample: Sample) =>
    isReport(sample.json) ? { confidence: 0.97, reason: "an object with the stats of Mocha" } : null,
  objectLines: { unless: [STATS], says: null },
  parser(options: ParseOptions, sink: RecordSink) {
    const times = new FieldTimes(options, sink);
    const sums = new OutcomeSums();
    let started: Timestamp | null = null;
    let tests = 0;
    let start: unknown = null;
    const around = (path: string): Surroundings | undefined => {
      const list = path.replace("[*]", "");
      return surroundings(`{"${STATS}":${JSON.stringify({ start })},"${list}":[`, "]}");
    };
    const parser = elementParser(sink, [STATS, ...OUTCOME_AT.keys()], {
      element(element) {
        const outcome = OUTCOME_AT.get(element.path);
        if (outcome === undefined) {
          start = textIn(isObject(element.value) ? element.value : {}, "start");
          started = times.of(start);
          return;
        }
        const result = recordOf(element.value, outcome, started);
        tests += 1;
        // Tests may share their title and file: each that is told is a test.
        if (!isRefusal(result)) sums.take(String(tests), outcome);
        fileElement(sink, element, result, isRefusal(result) ? around(element.path) : undefined);
      },
      around: (path) => (path === STATS ? undefined : knownNow(around(path))),
    });
    return {
      push: (chunk) => parser.push(chunk),
      end() {
        parser.end();
        sink.tests(sums.totals());
      },
    };
  },
  decode(raw, context) {
    const test = parseJsonValue(raw);
    if (!isObject(test)) return { message: String(test), fields: [] };
    const outcome = Object.values(LISTS).find((known) => known === context) ?? "passed";
    return { message: testMessage(resultOf(test, outcome)), fields: [...fieldsOf(test), ["outcome", outcome]] };
  },
} satisfies Format;
