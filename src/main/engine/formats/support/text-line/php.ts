/** The level that PHP writes as words before a message: "PHP Fatal error:  Uncaught …". */
import { Level } from "../../../../../shared/model/level.ts";
import { matchAt } from "./head-patterns.ts";

const PHP = /PHP (?:Catchable |Recoverable )?(Fatal error|Parse error|Warning|Notice|Deprecated|Strict Standards): /iy;
const LEVELS: Readonly<Record<string, Level>> = {
  "fatal error": Level.fatal,
  "parse error": Level.error,
  warning: Level.warn,
};

export function levelOfPhp(text: string, at: number): Level {
  const words = matchAt(PHP, text, at)?.[1]?.toLowerCase();
  return words === undefined ? Level.none : (LEVELS[words] ?? Level.info);
}
