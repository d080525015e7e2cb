/** What Redis writes between the time and the message: a character that is the level. */
import { Level } from "../../../../../shared/model/level.ts";
import { passSeparators } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";

const REDIS_LEVEL = / ([.*#-]) /y;
const REDIS_LEVELS: Readonly<Record<string, Level>> = {
  ".": Level.debug,
  "-": Level.debug,
  "*": Level.info,
  "#": Level.warn,
};

/** Where the message begins; `from` is the end of the time. */
export function readRedis(text: string, from: number, head: LineHead): number {
  REDIS_LEVEL.lastIndex = from;
  const match = REDIS_LEVEL.exec(text);
  if (match === null) return passSeparators(text, from);
  head.level = REDIS_LEVELS[match[1] ?? ""] ?? Level.none;
  head.keep("level", match[1] ?? "");
  return from + match[0].length;
}
