// https://en.wikipedia.org/wiki/Token_bucket
/** Calls a target no more often than agreed: a call takes a token, tokens come back evenly, a burst is what is saved. */
import type { Clock } from "./clock.ts";
import { RefusedFailure, cancelled, isCancelled } from "./failures.ts";
import type { Policy, PolicyContext } from "./policy.ts";
import { sleep } from "./waiting.ts";

export interface RateLimitOptions {
  readonly perSecond: number;
  /** Tokens that are saved at most. */
  readonly burst: number;
  /** A call that would have to wait longer for its token is refused. */
  readonly maxWaitMs: number;
}

export interface RateLimitState extends RateLimitOptions {
  /** Below zero: so many calls have their token promised and wait for it. */
  readonly tokens: number;
}

export class TokenBucket {
  readonly #options: RateLimitOptions;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;

  constructor(options: RateLimitOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#tokens = options.burst;
    this.#filledAt = clock.now();
  }

  state(): RateLimitState {
    this.#fill();
    return { ...this.#options, tokens: this.#tokens };
  }

  isIdle(): boolean {
    return this.state().tokens === this.#options.burst;
  }

  /** Takes a token. When it is there only later, says in how many milliseconds; when that is too late, takes none. */
  take(): { readonly taken: boolean; readonly waitMs: number } {
    this.#fill();
    const missing = Math.max(0, 1 - this.#tokens);
    const waitMs = Math.ceil((missing / this.#options.perSecond) * 1_000);
    const taken = waitMs <= this.#options.maxWaitMs;
    if (taken) this.#tokens -= 1;
    return { taken, waitMs };
  }

  /** A token that was taken and not used. */
  giveBack(): void {
    this.#tokens = Math.min(this.#tokens + 1, this.#options.burst);
  }

  #fill(): void {
    const now = this.#clock.now();
    const { perSecond, burst } = this.#options;
    this.#tokens = Math.min(this.#tokens + ((now - this.#filledAt) / 1_000) * perSecond, burst);
    this.#filledAt = now;
  }
}

export function rateLimit(bucket: TokenBucket, context: PolicyContext): Policy {
  const { name, clock, emit } = context;
  const refusal = (retryAfterMs: number): RefusedFailure => {
    emit({ type: "refused", name, by: "rate-limit", retryAfterMs });
    const { perSecond } = bucket.state();
    const sentence = `${name}: not called, because it was called ${perSecond} times a second already. Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
    return new RefusedFailure("rate-limit", sentence, retryAfterMs);
  };

  return async (action, signal) => {
    const { taken, waitMs } = bucket.take();
    if (!taken) throw refusal(waitMs);
    try {
      if (waitMs > 0) await sleep(clock, waitMs, signal);
    } catch {
      bucket.giveBack();
      // Time that ran out while waiting for a token is our doing, not the target's.
      throw isCancelled(signal) ? cancelled() : refusal(waitMs);
    }
    return action(signal);
  };
}
