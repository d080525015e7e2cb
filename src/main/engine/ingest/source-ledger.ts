/** What became of a source so far: the parts of its stretches, which follow each other, added up. */
import type { Accounting, TestTotals } from "../../../shared/model/source.ts";
import type { ParsedPart, Warning } from "./protocol.ts";

const NOTHING: Accounting = { read: 0, records: 0, deadLetters: 0, skipped: 0, skippedWhy: {} };

export class SourceLedger {
  /** Of the stretches that have ended. */
  #before: Accounting = NOTHING;
  #warningsBefore: readonly Warning[] = [];
  #stretch = 0;
  /** The newest part, which counts all of its stretch. */
  #last: ParsedPart | null = null;
  tests: TestTotals | null = null;

  /** Of the decoded stream. */
  get bytes(): number {
    return this.#last?.bytes ?? 0;
  }

  get accounting(): Accounting {
    return this.#last === null ? this.#before : sum(this.#before, this.#last.accounting);
  }

  get messages(): string[] {
    return joined(this.#warningsBefore, this.#last?.warnings ?? []).map(({ message, count }) =>
      count === 1 ? message : `${message} (${count} times)`,
    );
  }

  /** Parts come in the order of their bytes; a stretch's parts count from its beginning. */
  take(stretch: number, part: ParsedPart): void {
    if (stretch !== this.#stretch && this.#last !== null) {
      this.#before = sum(this.#before, this.#last.accounting);
      this.#warningsBefore = joined(this.#warningsBefore, this.#last.warnings);
    }
    this.#stretch = stretch;
    this.#last = part;
    this.tests = part.tests ?? this.tests;
  }
}

function sum(a: Accounting, b: Accounting): Accounting {
  const why = new Map(Object.entries(a.skippedWhy));
  for (const [reason, units] of Object.entries(b.skippedWhy)) why.set(reason, (why.get(reason) ?? 0) + units);
  return {
    read: a.read + b.read,
    records: a.records + b.records,
    deadLetters: a.deadLetters + b.deadLetters,
    skipped: a.skipped + b.skipped,
    skippedWhy: Object.fromEntries(why),
  };
}

function joined(first: readonly Warning[], then: readonly Warning[]): readonly Warning[] {
  const byKey = new Map(first.map((warning) => [warning.key, warning]));
  for (const warning of then) {
    const known = byKey.get(warning.key);
    byKey.set(warning.key, known === undefined ? warning : { ...known, count: known.count + warning.count });
  }
  return [...byKey.values()];
}
