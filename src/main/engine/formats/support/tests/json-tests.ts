/** What formats share whose JSON elements hold the results of tests. */
import type { RecordInput } from "../../../../../shared/model/record.ts";
import type { FieldTimes } from "../objects/field-times.ts";
import type { Refusal } from "../json/elements.ts";
import { isObject, type JsonObject } from "../json/value.ts";
import type { Part, PartsFormat } from "../objects/parts-format.ts";
import { OutcomeSums, testMessage, testRecord, type TestResult } from "./result.ts";

export interface TestPart extends Part {
  /** Null for what is no test. */
  readonly test: TestResult | null;
  /** When it began, as the report writes it. */
  readonly start?: unknown;
  readonly seconds?: number | undefined;
}

type Told = Pick<PartsFormat<TestPart>, "unit" | "message" | "read" | "totals">;

/** `startOf` finds when a test began that does not say it itself. */
export const testParts = (startOf: (before: JsonObject) => unknown = () => undefined): Told => ({
  unit: "test",
  message: ({ test }) => (test === null ? "" : testMessage(test)),
  read({ value, test, start, seconds }: TestPart, times: FieldTimes, before: JsonObject): RecordInput | Refusal {
    if (test === null || !isObject(value))
      return { reason: "not-a-test", message: "an entry has no title and outcome, so it is no test" };
    return testRecord(test, { time: times.of(start ?? startOf(before)), seconds, context: undefined });
  },
  totals() {
    const sums = new OutcomeSums();
    let tests = 0;
    return {
      take({ test }) {
        tests += 1;
        // Tests may share their names: each that is told is a test.
        if (test !== null) sums.take(String(tests), test.outcome);
      },
      totals: () => sums.totals(),
    };
  },
});

/** The text of a failure without the escapes that color it, and its first line as its message. */
export function failureOf(text: string | undefined): Pick<TestResult, "message" | "detail"> {
  const plain = (text ?? "").replace(/\u001b\[[0-9;]*m/g, "").trim();
  return { message: plain === "" ? null : (plain.split("\n", 1)[0] ?? null), detail: plain };
}
