/**
 * Every number of the resilience layer. "Rule" marks what its requirements state; "chosen" marks what they leave open,
 * with the reason.
 */
import type { BackoffOptions } from "./backoff.ts";
import type { BulkheadOptions } from "./bulkhead.ts";
import type { BreakerOptions } from "./breaker-options.ts";
import type { HealthOptions } from "./health.ts";
import type { RetryBudgetOptions } from "./retry-budget.ts";
import type { RetryOptions } from "./retry.ts";

/** Rule: exponential, 3 attempts, base 400 ms, factor 2, cap 60 s, jitter ±20 %. */
const BACKOFF: BackoffOptions = { strategy: "exponential", baseMs: 400, factor: 2, capMs: 60_000, jitter: 0.2 };
export const RETRY: RetryOptions = { maxAttempts: 3, backoff: BACKOFF, honourRetryAfter: false };

export const RETRY_PRESETS = {
  default: RETRY,
  /** Rule: base 50 ms, cap 2 s. */
  local: { ...RETRY, backoff: { ...BACKOFF, baseMs: 50, capMs: 2_000 } },
  /** Rule: base 1 s, cap 10 s, Retry-After honoured. */
  http: { ...RETRY, honourRetryAfter: true, backoff: { ...BACKOFF, baseMs: 1_000, capMs: 10_000 } },
  /** Rule: base 500 ms, cap 5 s. */
  database: { ...RETRY, backoff: { ...BACKOFF, baseMs: 500, capMs: 5_000 } },
  /** Rule: base 1 s, cap 30 s, jitter ±10 %. */
  patient: { ...RETRY, backoff: { ...BACKOFF, baseMs: 1_000, capMs: 30_000, jitter: 0.1 } },
  /** For what cannot be done twice. */
  once: { ...RETRY, maxAttempts: 1 },
} as const satisfies Record<string, RetryOptions>;
export type RetryPreset = keyof typeof RETRY_PRESETS;

/** Chosen: a step of a running git process (its next output, its end) cannot be asked for again. */
export const OPERATION_PRESETS: Readonly<Record<string, RetryPreset>> = {
  open: "local",
  read: "local",
  walk: "local",
  git: "once",
  http: "http",
  /** Chosen: a refresh token may be spent by a call whose answer was lost. */
  token: "once",
  database: "database",
};

/** Rule: retries ≤ 20 % of calls over a minute, fewer attempts while few succeed. */
export const RETRY_BUDGET: RetryBudgetOptions = {
  windowMs: 60_000,
  ratio: 0.2,
  /** Chosen: enough for five calls with all their attempts. */
  minimumRetries: 10,
  /** Chosen: below half, most attempts are wasted. */
  healthyRate: 0.5,
  /** Chosen: a rate of fewer is chance. */
  minimumAttempts: 10,
};

export const BREAKER: BreakerOptions = {
  /** Rule. */
  windowMs: 60_000,
  failuresToOpen: 5,
  openMs: 30_000,
  openCapMs: 5 * 60_000,
  admission: 0.2,
  successesToClose: 2,
  /** Chosen: half the calls failing, or most of them slower than any call that went well, of enough to tell. */
  failureRatio: 0.5,
  slowCallMs: 10_000,
  slowRatio: 0.8,
  minimumCalls: 20,
  /** Chosen: as for retries. */
  openJitter: 0.2,
  /** Chosen: twice the longest timeout of the table. */
  leaseMs: 120_000,
  /** Chosen: a probe has mostly reported by then. */
  surplusRetryAfterMs: 1_000,
};

/** Rule. */
export const TIMEOUTS_MS: Readonly<Record<string, number>> = {
  open: 5_000,
  read: 30_000,
  walk: 60_000,
  git: 60_000,
  http: 15_000,
  "parse stall": 10_000,
};
/** Chosen: as long as a read. */
export const UNKNOWN_TIMEOUT_MS = 30_000;
/** Rule. */
export const SHORTEST_TIMEOUT_MS = 50;
export const LONGEST_TIMEOUT_MS = 10 * 60_000;
/** Chosen: no call keeps a person waiting for longer than the longest single attempt may. */
export const DEADLINE_MS = LONGEST_TIMEOUT_MS;

/** Chosen: more than parsers ever ask for at a time; a queue that a wide folder does not fill. */
export const BULKHEAD: BulkheadOptions = { maxConcurrent: 16, maxQueued: 1_000 };

/** Rule: degraded above a p95 of 2000 ms or an error rate of 10 %, down above 50 % with at least 5 calls. */
export const HEALTH: HealthOptions = {
  degradedP95Ms: 2_000,
  degradedErrorRate: 0.1,
  downErrorRate: 0.5,
  downMinimumCalls: 5,
};

/** Chosen: an error of 5 % in where the shortest window, 5 min, begins. */
export const SERIES_SLOT_MS = 15_000;

/** Chosen: breakers, rate limits and series of targets beyond so many make room when they hold nothing. */
export const MOST_IDLE_TARGETS = 5_000;
