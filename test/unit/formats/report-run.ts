/** Reads a test report and says what became of it, for tests of its sums and its damage. */
import type { Format } from "../../../src/main/engine/formats/format.ts";
import type { DeadLetterInput } from "../../../src/shared/model/dead-letter.ts";
import type { TestTotals } from "../../../src/shared/model/source.ts";
import { LATEST } from "../../../src/shared/units.ts";

export interface ReportRun {
  readonly totals: TestTotals | null;
  readonly messages: readonly string[];
  readonly reasons: readonly string[];
  readonly letters: readonly DeadLetterInput[];
  readonly warnings: readonly string[];
  readonly read: number;
  /** Records, dead letters and what was skipped. */
  readonly accounted: number;
}

export function runReport(format: Format, text: string): ReportRun {
  let totals: TestTotals | null = null;
  let read = 0;
  let skipped = 0;
  const messages: string[] = [];
  const letters: DeadLetterInput[] = [];
  const warnings: string[] = [];
  const parser = format.parser(
    { zone: "UTC", now: LATEST },
    {
      read: (units = 1) => (read += units),
      record: ({ message }) => messages.push(message),
      deadLetter: (letter) => letters.push(letter),
      skip: (_reason, units = 1) => (skipped += units),
      warn: (key) => warnings.push(key),
      tests: (found) => (totals = found),
    },
  );
  parser.push(new TextEncoder().encode(text));
  parser.end();
  const reasons = letters.map(({ reason }) => reason);
  return { totals, messages, reasons, letters, warnings, read, accounted: messages.length + reasons.length + skipped };
}
