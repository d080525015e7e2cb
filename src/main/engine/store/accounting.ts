// Nothing is silently dropped: what a source has read is what became records, dead letters or was skipped for a reason.
import { FailureError } from "../../../shared/failure.ts";
import type { Accounting } from "../../../shared/model/source.ts";

/** Fails with "accounting" unless `after` adds up, and is `before` plus exactly what is stored with it. */
export function checkAccounting(
  path: string,
  before: Accounting,
  after: Accounting,
  stored: { readonly records: number; readonly deadLetters: number },
): void {
  const refuse = (what: string): never => {
    throw new FailureError(
      "accounting",
      `${path}: ${what}. Nothing of this part was stored; this is a fault of Faultline, please report it.`,
    );
  };
  const { read, records, deadLetters, skipped, skippedWhy } = after;
  if (read !== records + deadLetters + skipped) {
    refuse(
      `${read} units were read, but ${records} records, ${deadLetters} dead letters and ${skipped} skipped do not add up to that`,
    );
  }
  const reasons = Object.values(skippedWhy).reduce((sum, units) => sum + units, 0);
  if (reasons !== skipped) refuse(`${skipped} units were skipped, but ${reasons} of them for a stated reason`);
  if (records !== before.records + stored.records) {
    refuse(`${records} records are counted, but ${before.records + stored.records} are stored`);
  }
  if (deadLetters !== before.deadLetters + stored.deadLetters) {
    refuse(`${deadLetters} dead letters are counted, but ${before.deadLetters + stored.deadLetters} are stored`);
  }
}

/** What became of units that were counted before: letters that are records now, or skipped, or in parts both. */
export interface Move {
  readonly records: number;
  readonly deadLetters: number;
  /** Negative where units come back. */
  readonly skippedWhy: Readonly<Record<string, number>>;
}

/** The accounting after a move. Units that a letter was cut into were read as well. */
export function moved(before: Accounting, move: Move): Accounting {
  const why = new Map(Object.entries(before.skippedWhy));
  for (const [reason, units] of Object.entries(move.skippedWhy)) why.set(reason, (why.get(reason) ?? 0) + units);
  const skipped = before.skipped + Object.values(move.skippedWhy).reduce((sum, units) => sum + units, 0);
  const records = before.records + move.records;
  const deadLetters = before.deadLetters + move.deadLetters;
  const skippedWhy = Object.fromEntries([...why].filter(([, units]) => units !== 0));
  return { read: records + deadLetters + skipped, records, deadLetters, skipped, skippedWhy };
}
