/** Calls again what can pass by itself, after a wait that grows. */
import { type BackoffOptions, backoffMs } from "./backoff.ts";
import { askedDelayMs, classify, isTransient } from "./classify.ts";
import { endOf } from "./failures.ts";
import type { Policy, PolicyContext } from "./policy.ts";
import type { RetryBudget } from "./retry-budget.ts";
import { sleep, untilAborted } from "./waiting.ts";

export interface RetryOptions {
  /** All of them, the first one too. */
  readonly maxAttempts: number;
  readonly backoff: BackoffOptions;
  /** Whether a failure's own retryAfterMs replaces our delay, up to its cap. */
  readonly honourRetryAfter: boolean;
}

export interface RetryMore {
  readonly retryIf?: (error: unknown) => boolean;
  readonly budget?: RetryBudget;
}

export function retry(options: RetryOptions, context: PolicyContext, more: RetryMore = {}): Policy {
  const { retryIf = isTransient, budget } = more;
  const { name, emit } = context;

  return async (action, signal) => {
    budget?.recordCall();
    for (let attempt = 1; ; attempt += 1) {
      try {
        const value = await untilAborted(action, signal);
        budget?.recordAttempt("success");
        return value;
      } catch (error) {
        if (signal.aborted) throw endOf(signal);
        const errorClass = classify(error);
        const maxAttempts = budget?.attemptsNow(options.maxAttempts) ?? options.maxAttempts;
        const giveUp = (why: "attempts" | "budget" | "not-transient"): void =>
          emit({ type: "gave-up", name, attempt, maxAttempts, errorClass, why });
        if (!retryIf(error)) {
          // Nothing was tried before the first attempt: the failure speaks for itself.
          if (attempt > 1) giveUp("not-transient");
          throw error;
        }
        budget?.recordAttempt("failure");
        if (attempt >= maxAttempts) {
          giveUp("attempts");
          throw error;
        }
        if (budget?.takeRetry() === false) {
          giveUp("budget");
          throw error;
        }
        const delayMs = delayAfter(error, attempt, options, context);
        emit({ type: "retry", name, attempt, maxAttempts, delayMs, errorClass });
        await sleep(context.clock, delayMs, signal);
      }
    }
  };
}

function delayAfter(error: unknown, attempt: number, options: RetryOptions, { random }: PolicyContext): number {
  const { backoff, honourRetryAfter } = options;
  const asked = honourRetryAfter ? askedDelayMs(error) : null;
  return asked === null ? backoffMs(backoff, attempt - 1, random) : Math.min(asked, backoff.capMs);
}
