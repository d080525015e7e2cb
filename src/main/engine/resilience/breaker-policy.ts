/** Puts a circuit breaker around an action: asks it first, tells it afterwards. */
import type { CircuitBreaker } from "./circuit-breaker.ts";
import { isUnwell } from "./classify.ts";
import { RefusedFailure, isCancelled } from "./failures.ts";
import type { Policy, PolicyContext } from "./policy.ts";
import { untilAborted } from "./waiting.ts";

export interface BreakerPolicyMore {
  /** Whether a failure counts; whatever does not is as if it had not been. */
  readonly countIf?: (error: unknown) => boolean;
  readonly leaseMs?: number;
}

export function circuitBreaker(breaker: CircuitBreaker, context: PolicyContext, more: BreakerPolicyMore = {}): Policy {
  const { countIf = isUnwell, leaseMs } = more;
  const { name, clock, emit } = context;

  return async (action, signal) => {
    const admission = breaker.admit(leaseMs);
    if (!admission.admitted) {
      const { retryAfterMs } = admission;
      emit({ type: "refused", name, by: "circuit-breaker", retryAfterMs });
      throw new RefusedFailure("circuit-breaker", sentence(breaker, retryAfterMs), retryAfterMs);
    }
    const { permit } = admission;
    const begun = clock.now();
    try {
      const value = await untilAborted(action, signal);
      permit.succeed(clock.now() - begun);
      return value;
    } catch (error) {
      if (isCancelled(signal) || !countIf(error)) permit.release();
      else permit.fail(clock.now() - begun, error);
      throw error;
    }
  };
}

function sentence(breaker: CircuitBreaker, retryAfterMs: number | null): string {
  const { name, lastFailure, controls } = breaker.status();
  if (retryAfterMs === null) {
    const by = controls.at(-1)?.by ?? "somebody";
    return `${name}: not called, because ${by} holds it. Reset its breaker to call it again.`;
  }
  const last = lastFailure === null ? "" : ` (last: ${lastFailure.message})`;
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return `${name}: not called, because calls to it failed${last}. Try again in ${seconds} s.`;
}
