/** What the settings mean for the policies around connector calls. */
import type { ResolvedSettings } from "../../../shared/settings/resolve.ts";

/** The retry numbers that somebody chose: each kind of call has defaults of its own, which one default for all would undo. */
export interface ChosenRetry {
  readonly maxAttempts?: number;
  readonly baseMs?: number;
  readonly capMs?: number;
  readonly jitter?: number;
}

export interface ResilienceChoices {
  readonly retry: ChosenRetry;
  readonly breaker: { readonly failuresToOpen: number; readonly openMs: number; readonly admission: number };
  readonly health: { readonly degradedP95Ms: number; readonly degradedErrorRate: number };
  readonly bulkhead: { readonly maxConcurrent: number; readonly maxQueued: number };
  readonly timeoutsMs: Readonly<Record<string, number>>;
}

export function resilienceChoices({ values, origins }: ResolvedSettings): ResilienceChoices {
  const { retry, breaker, health, bulkhead, timeouts } = values;
  const chosen = (path: string): boolean => origins[path]?.source !== "default";
  const { parseStall, ...named } = timeouts;
  return {
    retry: {
      ...(chosen("retry.maxAttempts") ? { maxAttempts: retry.maxAttempts } : {}),
      ...(chosen("retry.baseMs") ? { baseMs: retry.baseMs } : {}),
      ...(chosen("retry.capMs") ? { capMs: retry.capMs } : {}),
      ...(chosen("retry.jitterPercent") ? { jitter: retry.jitterPercent / 100 } : {}),
    },
    breaker: {
      failuresToOpen: breaker.failuresToOpen,
      openMs: breaker.cooldownSeconds * 1_000,
      admission: breaker.halfOpenProbability,
    },
    health: { degradedP95Ms: health.p95Ms, degradedErrorRate: health.errorRate },
    bulkhead: { maxConcurrent: bulkhead.maxConcurrent, maxQueued: bulkhead.maxQueued },
    timeoutsMs: { ...named, "parse stall": parseStall },
  };
}
