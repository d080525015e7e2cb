/** What any report says of one test, as a record, and the sums over all tests of a report. */
import { Level } from "../../../../../shared/model/level.ts";
import type { RecordInput } from "../../../../../shared/model/record.ts";
import type { TestTotals } from "../../../../../shared/model/source.ts";
import { durationMicros, LONGEST_DURATION, MICROS_PER_SECOND } from "../../../../../shared/units.ts";
import type { Outcome } from "./dialect.ts";

export interface TestResult {
  readonly name: string;
  readonly className: string;
  readonly outcome: Outcome;
  /** Of the failure: its message, or the first line of its text. */
  readonly message: string | null;
  /** Text of the failure, usually a stack trace. */
  readonly detail: string;
}

export const gravity = (outcome: Outcome): number => ["passed", "skipped", "failed", "error"].indexOf(outcome);

const nameOf = ({ className, name }: TestResult): string => (className === "" ? name : `${className}.${name}`);

export function testMessage(result: TestResult): string {
  const { outcome, message, detail } = result;
  const why = message ?? detail.trim().split("\n", 1)[0] ?? "";
  return `${outcome} ${nameOf(result)}${why === "" ? "" : `: ${why}`}`;
}

export function testRecord(
  result: TestResult,
  of: Pick<RecordInput, "time" | "context"> & { readonly seconds: number | undefined },
): RecordInput {
  const microseconds = Math.round((of.seconds ?? Number.NaN) * MICROS_PER_SECOND);
  const timed = microseconds >= 0 && microseconds <= LONGEST_DURATION;
  const bad = result.outcome === "failed" || result.outcome === "error";
  return {
    kind: "test",
    time: of.time,
    duration: timed ? durationMicros(microseconds) : undefined,
    level: bad ? Level.error : Level.info,
    service: null,
    message: testMessage(result),
    name: nameOf(result),
    context: of.context,
  };
}

/** A test that ran several times is one test, with its gravest outcome. */
export class OutcomeSums {
  readonly #outcomes = new Map<string, Outcome>();

  take(key: string, outcome: Outcome): void {
    const before = this.#outcomes.get(key);
    if (before === undefined || gravity(outcome) > gravity(before)) this.#outcomes.set(key, outcome);
  }

  totals(): TestTotals {
    const counts: Record<Outcome, number> = { passed: 0, failed: 0, error: 0, skipped: 0 };
    for (const outcome of this.#outcomes.values()) counts[outcome] += 1;
    const { passed, failed, error: errors, skipped } = counts;
    return { total: this.#outcomes.size, passed, failed, errors, skipped };
  }
}
