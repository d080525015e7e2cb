/**
 * Keeps retries from becoming the load that holds a target down: over a minute they stay under a share of the calls,
 * and while few attempts succeed each call is given fewer of them.
 */
import type { Clock } from "./clock.ts";
import { SlidingWindow } from "./sliding-window.ts";

export interface RetryBudgetOptions {
  readonly windowMs: number;
  /** Retries per call over the window. */
  readonly ratio: number;
  /** Retries that are always granted in a window: a share of one single call would be none. */
  readonly minimumRetries: number;
  /** Share of attempts that must succeed for a call to be given all its attempts. */
  readonly healthyRate: number;
  /** Attempts in the window before their success rate means anything. */
  readonly minimumAttempts: number;
}

export class RetryBudget {
  readonly #options: RetryBudgetOptions;
  readonly #clock: Clock;
  readonly #window: SlidingWindow<"call" | "retry" | "success" | "failure">;

  constructor(options: RetryBudgetOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#window = new SlidingWindow(() => options.windowMs);
  }

  recordCall(): void {
    this.#window.add("call", this.#clock.now());
  }

  recordAttempt(outcome: "success" | "failure"): void {
    this.#window.add(outcome, this.#clock.now());
  }

  /** Takes one retry from what is left; false when nothing is. */
  takeRetry(): boolean {
    const now = this.#clock.now();
    const { ratio, minimumRetries } = this.#options;
    const allowed = Math.max(minimumRetries, ratio * this.#window.count("call", now));
    if (this.#window.count("retry", now) + 1 > allowed) return false;
    this.#window.add("retry", now);
    return true;
  }

  /** Of the attempts that a call may make, those that it may make now; at least one. */
  attemptsNow(maxAttempts: number): number {
    const now = this.#clock.now();
    const { healthyRate, minimumAttempts } = this.#options;
    const successes = this.#window.count("success", now);
    const attempts = successes + this.#window.count("failure", now);
    if (attempts < minimumAttempts) return maxAttempts;
    const health = Math.min(1, successes / attempts / healthyRate);
    return 1 + Math.floor((maxAttempts - 1) * health);
  }

  state(): { readonly calls: number; readonly retries: number } {
    const now = this.#clock.now();
    return { calls: this.#window.count("call", now), retries: this.#window.count("retry", now) };
  }
}
