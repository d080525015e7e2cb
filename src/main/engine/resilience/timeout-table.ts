/** How long an operation may take, by its name. */
import { LONGEST_TIMEOUT_MS, SHORTEST_TIMEOUT_MS, TIMEOUTS_MS, UNKNOWN_TIMEOUT_MS } from "./defaults.ts";

export type TimeoutOverrides = Readonly<Record<string, number>>;

/** An override counts when it is a number, clamped to what makes sense; a name that nobody knows gets the default. */
export function timeoutMs(operation: string, overrides: TimeoutOverrides = {}): number {
  const override = own(overrides, operation);
  if (override !== undefined && !Number.isNaN(override)) {
    return Math.min(Math.max(override, SHORTEST_TIMEOUT_MS), LONGEST_TIMEOUT_MS);
  }
  return own(TIMEOUTS_MS, operation) ?? UNKNOWN_TIMEOUT_MS;
}

/** Names come from connectors and settings: one of them may be "constructor". */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
