/**
 * Ends one attempt that takes too long, by its signal; whoever waits goes on, also when the work does not listen. What
 * was asked before the machine slept is not waited for any more.
 */
import { TimeoutFailure } from "./failures.ts";
import type { Policy, PolicyContext } from "./policy.ts";
import { within } from "./waiting.ts";

export function timeout(afterMs: number, context: PolicyContext): Policy {
  const { name, clock, emit } = context;
  const failure = (): TimeoutFailure => {
    emit({ type: "timeout", name, scope: "attempt", afterMs });
    return new TimeoutFailure(name, "attempt", afterMs);
  };
  return (action, signal) => within({ clock, afterMs, failure, forgivesSleep: false }, action, signal);
}
