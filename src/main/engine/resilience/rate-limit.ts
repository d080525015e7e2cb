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

/** What a bucket has until a limit is known. */
export const UNLIMITED: RateLimitOptions = { perSecond: 1e9, burst: 1e9, maxWaitMs: 0 };

export class TokenBucket {
  #options: RateLimitOptions;
  readonly #clock: Clock;
  /** When the bucket is full again: all that there is to know of it. */
  #fullAt: number;

  constructor(options: RateLimitOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#fullAt = clock.now();
  }

  /** Goes on with another limit; the tokens that are missing then come back at its pace. */
  adopt(options: RateLimitOptions): void {
    const now = this.#clock.now();
    const missing = Math.max(0, this.#fullAt - now) / this.#intervalMs;
    this.#options = options;
    this.#fullAt = now + missing * this.#intervalMs;
  }

  /** Time that one token takes to come back. */
  get #intervalMs(): number {
    return 1_000 / this.#options.perSecond;
  }

  state(): RateLimitState {
    const missingMs = Math.max(0, this.#fullAt - this.#clock.now());
    return { ...this.#options, tokens: this.#options.burst - missingMs / this.#intervalMs };
  }

  isIdle(): boolean {
    return this.#fullAt <= this.#clock.now();
  }

  /** Takes a token. When it is there only later, says in how many milliseconds; when that is too late, takes none. */
  take(): { readonly taken: boolean; readonly waitMs: number } {
    const { burst, maxWaitMs } = this.#options;
    const now = this.#clock.now();
    const fullAt = Math.max(this.#fullAt, now) + this.#intervalMs;
    const waitMs = Math.max(0, Math.ceil(fullAt - now - burst * this.#intervalMs));
    const taken = waitMs <= maxWaitMs;
    if (taken) this.#fullAt = fullAt;
    return { taken, waitMs };
  }

  /** A token that was taken and not used. */
  giveBack(): void {
    this.#fullAt -= this.#intervalMs;
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
