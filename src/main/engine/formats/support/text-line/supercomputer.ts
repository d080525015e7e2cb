/**
 * Logs of supercomputers as USENIX' Computer Failure Data Repository publishes them (Oliner and Stearley, "What supercomputers
 * say", DSN 2007): an alert's category or "-", the epoch, the day and the node stand before what the machine wrote.
 */
import { Level } from "../../../../../shared/model/level.ts";
import { matchAt } from "./head-patterns.ts";
import { levelOfWord } from "../level.ts";
import type { LineHead } from "./head.ts";

const HEAD = /(-|[A-Z][A-Z0-9_]+) (\d{9,10}) \d{4}\.\d\d\.\d\d (\S+) /y;
/** Blue Gene: node, facility, component and severity behind a time. */
const RAS = / (\S+) (?:RAS|NULL) (\w+) (\w+) /y;

export interface SupercomputerHead {
  /** Where the epoch stands, and where the machine's own line begins. */
  readonly epochAt: number;
  readonly end: number;
}

export function readSupercomputer(text: string, head: LineHead): SupercomputerHead | null {
  const match = matchAt(HEAD, text, 0);
  if (match === null) return null;
  const [whole, category = "", , node = ""] = match;
  if (category !== "-") head.keep("alert", category);
  head.keep("node", node);
  return { epochAt: category.length + 1, end: whole.length };
}

/** Where the message starts behind Blue Gene's parts, or -1. */
export function readRas(text: string, at: number, head: LineHead): number {
  const match = matchAt(RAS, text, at);
  if (match === null) return -1;
  head.keep("component", match[2] ?? "");
  head.keep("level", match[3] ?? "");
  head.level = levelOfWord(match[3] ?? "") ?? Level.none;
  return at + match[0].length;
}
