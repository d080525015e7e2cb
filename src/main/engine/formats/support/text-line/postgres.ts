/**
 * What administrators have Postgres put between its time and level, https://www.postgresql.org/docs/current/runtime-config-logging.html
 * (`log_line_prefix`): user@database, what Amazon's RDS writes, and names with their values as pgBadger advises.
 */
import { matchAt } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";

const AT_DATABASE = / ?([\w.-]{1,63}|\[unknown\])@([\w.-]{1,63}|\[unknown\]) /y;
const OF_RDS = /:([^\s()]{0,80}(?:\(\d+\))?):([^\s:@]{0,80})@([^\s:]{0,80}):\[(\d+)\]:/y;
const NAMED =
  /:? ?(?:\[(\d+)\]:? )?(?:\[\d+-\d+\]:? )?user=([^,\s]{0,80}),db=([^,\s]{0,80})(?:,app=([^,]{0,80}?))?(?:,client=([^,\s]{0,80}))? /y;

/** The index after user and database, or -1. */
export function readDatabase(text: string, at: number, head: LineHead): number {
  const rds = matchAt(OF_RDS, text, at);
  if (rds !== null) {
    const [whole, client = "", user = "", database = "", pid = ""] = rds;
    keep(head, { client, user, database, pid });
    return at + whole.length;
  }
  const match = matchAt(AT_DATABASE, text, at);
  if (match === null) return -1;
  keep(head, { user: match[1], database: match[2] });
  return at + match[0].length;
}

/** Names with their values are too many words to look for a level behind them; the index after them, or `at`. */
export function passNamedParts(text: string, at: number, head: LineHead): number {
  const first = text.charCodeAt(at + 1);
  if (first !== 0x5b && first !== 0x75 && first !== 0x20) return at;
  const match = matchAt(NAMED, text, at);
  if (match === null) return at;
  const [whole, pid, user, database, application, client] = match;
  keep(head, { pid, user, database, application, client });
  if (application && application !== "[unknown]") head.service ??= application;
  // The blank stays: what is read next expects one.
  return at + whole.length - 1;
}

function keep(head: LineHead, parts: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(parts)) if (value) head.keep(name, value);
}
