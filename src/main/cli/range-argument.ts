/** "2026-03-17T13:00:00Z..2026-03-17T13:30:00Z": a range of time as an option takes it. */
import type { Micros } from "../../shared/units.ts";
import { timeArgument } from "./arguments.ts";
import { UsageError } from "./failure-exit.ts";

export interface RangeArgument {
  readonly from: Micros;
  readonly to: Micros;
}

/** Null for an option that was not given. */
export function rangeArgument(text: string | undefined, option: string): RangeArgument | null {
  if (text === undefined) return null;
  const [from, to, ...rest] = text.split("..");
  if (from === undefined || to === undefined || rest.length > 0)
    throw new UsageError(`${option} takes two times with ".." between them, not "${text}".`);
  const range = { from: timeArgument(from), to: timeArgument(to) };
  if (range.from === range.to) throw new UsageError(`${option} holds no time, for it ends where it begins: ${text}.`);
  if (range.from > range.to) throw new UsageError(`${option} ends before it begins: ${text}.`);
  return range;
}
