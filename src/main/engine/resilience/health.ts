/** One word for how a connector or target does, from its breaker and its calls of the last minutes. */
import type { BreakerState } from "./breaker-state.ts";
import type { Summary } from "./tally.ts";

export type ConnectorHealth = "healthy" | "degraded" | "down";

export interface HealthOptions {
  readonly degradedP95Ms: number;
  readonly degradedErrorRate: number;
  readonly downErrorRate: number;
  /** Calls that it takes before an error rate means that it is down. */
  readonly downMinimumCalls: number;
}

/** A summary of null stands for no call. */
export function healthOf(
  summary: Pick<Summary, "calls" | "errorRate" | "p95Ms"> | null,
  breaker: BreakerState,
  options: HealthOptions,
): ConnectorHealth {
  if (breaker === "open") return "down";
  if (summary === null) return "healthy";
  const { calls, errorRate, p95Ms } = summary;
  if (calls >= options.downMinimumCalls && errorRate > options.downErrorRate) return "down";
  if (errorRate > options.degradedErrorRate) return "degraded";
  return p95Ms !== null && p95Ms > options.degradedP95Ms ? "degraded" : "healthy";
}
