/** Reasons and results as words: "invalid-json" is "Invalid JSON" on screen. */
import type { DeadLetterPreview } from "../../shared/contract.ts";
import type { DeadLetterAction } from "../../shared/model/dead-letter.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";

const UPPER = new Set(["json", "xml", "csv", "utf", "utf8", "id", "url"]);

export function reasonWords(reason: string): string {
  const words = reason.split("-").map((word) => (UPPER.has(word) ? word.toUpperCase() : word));
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export interface Replayed {
  readonly replayed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cancelled: boolean;
}

/** "312 replayed, 4 failed again, 0 skipped". */
export function replayWords({ replayed, failed, skipped, cancelled }: Replayed): string {
  const counts = `${formatCount(replayed)} replayed, ${formatCount(failed)} failed again, ${formatCount(skipped)} skipped`;
  return cancelled ? `Stopped: ${counts}; the others were left as they are` : counts;
}

export const discardWords = (discarded: number, skipped: number): string =>
  `${formatCountOf(discarded, "dead letter")} discarded` +
  (skipped === 0 ? "" : `, ${formatCount(skipped)} left alone: gone already, or their source is being read`);

export const STEP_WORDS: Readonly<Record<DeadLetterAction, string>> = {
  read: "Could not be read",
  imported: "Imported",
  edited: "Edited",
  restored: "Back to the original",
  failed: "Failed again",
  revived: "Taken back after a discard",
};

type Judged = Pick<DeadLetterPreview, "format" | "recordCount" | "faultCount" | "skipped">;

/** "1 record", "2 records, 1 fault", "no record: 1 comment". */
export function verdictWords({ format, recordCount, faultCount, skipped }: Judged): string {
  const parts: string[] = [];
  if (recordCount > 0) parts.push(formatCountOf(recordCount, "record"));
  if (faultCount > 0) parts.push(formatCountOf(faultCount, "fault"));
  for (const [reason, units] of Object.entries(skipped)) parts.push(`${formatCount(units)} skipped (${reason})`);
  return `${parts.length === 0 ? "Nothing is left to read" : parts.join(", ")} as ${format}`;
}
