/** The one composition of all policies, in the one order. */
import type { Fallback } from "../../../shared/run.ts";
import { type Answer, withFallback } from "./fallback.ts";
import { type Action, type Policy, type PolicyContext, compose } from "./policy.ts";

/** Outermost first. The fallback stands between the deadline and the retry. */
export interface Policies {
  readonly deadline?: Policy;
  readonly retry?: Policy;
  readonly circuitBreaker?: Policy;
  readonly rateLimit?: Policy;
  readonly bulkhead?: Policy;
  readonly timeout?: Policy;
  /** Test builds only. */
  readonly faultInjection?: Policy;
}

export type Execute = <T>(action: Action<T>, signal: AbortSignal, fallback?: Fallback<T>) => Promise<Answer<T>>;

export function createExecute(policies: Policies, context: PolicyContext): Execute {
  const { deadline = direct, retry, circuitBreaker, rateLimit, bulkhead, timeout, faultInjection } = policies;
  const inner = compose(
    ...[retry, circuitBreaker, rateLimit, bulkhead, timeout, faultInjection].filter((policy) => policy !== undefined),
  );
  return (action, signal, fallback) =>
    deadline((outer) => withFallback((attempted) => inner(action, attempted), fallback, context, outer), signal);
}

const direct: Policy = (action, signal) => action(signal);
