/**
 * Ends a call with all its attempts and waits: the longest that a person is kept waiting. Nobody waits while the machine
 * sleeps: a call that was under way then has all of its time again.
 */
import { TimeoutFailure } from "./failures.ts";
import type { Policy, PolicyContext } from "./policy.ts";
import { within } from "./waiting.ts";

export function deadline(afterMs: number, context: PolicyContext): Policy {
  const { name, clock, emit } = context;
  const failure = (): TimeoutFailure => {
    emit({ type: "timeout", name, scope: "total", afterMs });
    return new TimeoutFailure(name, "total", afterMs);
  };
  return (action, signal) => within({ clock, afterMs, failure, forgivesSleep: true }, action, signal);
}
