/** The outcomes of the calls of the last minute, and whether they are reason enough to open. */
import type { BreakerOptions } from "./breaker-options.ts";
import type { MonotonicMs } from "./clock.ts";
import { SlidingWindow } from "./sliding-window.ts";

export type OpeningReason = "failures" | "failure-ratio" | "slow-calls";

export interface OutcomeCounts {
  readonly calls: number;
  readonly failures: number;
  readonly slowCalls: number;
}

export class OutcomeWindow {
  readonly #options: () => BreakerOptions;
  readonly #window: SlidingWindow<"success" | "failure" | "slow">;

  constructor(options: () => BreakerOptions) {
    this.#options = options;
    this.#window = new SlidingWindow(() => options().windowMs);
  }

  /** Counts one more; the reason to open that it gives, or null. */
  record(outcome: "success" | "failure", durationMs: number, now: MonotonicMs): OpeningReason | null {
    const { failuresToOpen, failureRatio, slowCallMs, slowRatio, minimumCalls } = this.#options();
    this.#window.add(outcome, now);
    if (durationMs >= slowCallMs) this.#window.add("slow", now);
    const { calls, failures, slowCalls } = this.counts(now);
    if (failures >= failuresToOpen) return "failures";
    if (calls < minimumCalls) return null;
    if (failures >= failureRatio * calls) return "failure-ratio";
    return slowCalls >= slowRatio * calls ? "slow-calls" : null;
  }

  counts(now: MonotonicMs): OutcomeCounts {
    const failures = this.#window.count("failure", now);
    const calls = failures + this.#window.count("success", now);
    return { calls, failures, slowCalls: this.#window.count("slow", now) };
  }

  clear(): void {
    this.#window.clear();
  }
}
