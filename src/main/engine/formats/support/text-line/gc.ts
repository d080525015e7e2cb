/**
 * The head of Java's unified logging without a time of day, https://openjdk.org/jeps/158: the uptime, the level and the
 * tags, each in brackets.
 */
import { matchAt } from "./head-patterns.ts";
import { levelOfWord } from "../level.ts";
import { Level } from "../../../../../shared/model/level.ts";
import type { LineHead } from "./head.ts";

const HEAD =
  /\[(\d{1,12}(?:[.,]\d{1,9})?)(s|ms|ns)\](?:\[\d+(?:ms|ns)\]){0,2}(?:\[(\d+)\](?:\[\d+\])?)?\[(trace|debug|info|warning|error) *\]\[([\w,+.]{1,80}) *\] ?/y;

/** Where the message begins, or -1. */
export function readUnifiedGc(text: string, head: LineHead): number {
  const match = matchAt(HEAD, text, 0);
  if (match === null) return -1;
  const [whole, uptime = "", unit = "", pid, level = "", tags = ""] = match;
  head.keep("uptime", `${uptime}${unit}`);
  if (pid !== undefined) head.keep("pid", pid);
  head.level = levelOfWord(level) ?? Level.none;
  head.keep("level", level);
  head.keep("logger", tags);
  return whole.length;
}
