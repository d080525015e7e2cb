/**
 * The template of a log message: what stays the same when the same thing happens again. Only messages that tell of
 * trouble get one, because templates are what bursts are grouped by.
 */
import { Level } from "../../../shared/model/level.ts";
import type { RecordInput } from "../../../shared/model/record.ts";

/** Wording of trouble in messages whose level does not tell of it. */
const TROUBLE = /dead ?lock|time[ds]?[ -]?out|out ?of ?memory|\boom\b|oom[-_ ]?kill/iu;

/** The first characters that are looked at, and that are kept. Longer templates tell no more messages apart. */
const MOST_READ = 1_024;
const MOST_KEPT = 256;

/** What varies from one occurrence to the next, the longest forms first. */
const VARIABLE = new RegExp(
  [
    String.raw`"[^"]*"`,
    String.raw`(?<!\w)'[^']*'`,
    // Dates and times, with or without a zone.
    String.raw`\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?`,
    // UUIDs.
    String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`,
    // IPv6 addresses.
    String.raw`(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\w:])`,
    // Hexadecimal numbers and hashes: six digits or more of which one at least is decimal.
    String.raw`\b0x[0-9a-f]+\b`,
    String.raw`\b(?=[a-f]*\d)[0-9a-f]{6,}\b`,
    // Long opaque identifiers.
    String.raw`\b(?=[a-z_]*\d)\w{20,}\b`,
    // Numbers, IPv4 addresses and ports, clock times.
    String.raw`\d+(?:[.,:]\d+)*`,
  ].join("|"),
  "giu",
);

export function normaliseMessage(message: string): string {
  const end = message.search(/[\r\n]/u);
  const first = (end < 0 ? message : message.slice(0, end)).slice(0, MOST_READ);
  return first.replace(VARIABLE, "<*>").trim().slice(0, MOST_KEPT);
}

/** Null for a record that is no log message, or one that tells of nothing unusual. */
export function templateOf({ kind, level, message }: RecordInput): string | null {
  if (kind !== "log" && kind !== "json" && kind !== "text") return null;
  if (level < Level.warn && !TROUBLE.test(message.length > MOST_READ ? message.slice(0, MOST_READ) : message))
    return null;
  return normaliseMessage(message);
}
