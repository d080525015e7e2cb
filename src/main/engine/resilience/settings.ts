/** What a person or a connector may change of the defaults, and what comes of it for one call. */
import type { RunCall } from "../../../shared/run.ts";
import type { BulkheadOptions } from "./bulkhead.ts";
import type { BreakerOptions } from "./breaker-options.ts";
import {
  BREAKER,
  BULKHEAD,
  DEADLINE_MS,
  HEALTH,
  OPERATION_PRESETS,
  RETRY_PRESETS,
  type RetryPreset,
} from "./defaults.ts";
import type { HealthOptions } from "./health.ts";
import type { RateLimitOptions } from "./rate-limit.ts";
import type { RetryOptions } from "./retry.ts";
import { type TimeoutOverrides, timeoutMs } from "./timeout-table.ts";

export interface ResilienceSettings {
  /** Of every preset. */
  readonly retry?: RetrySettings;
  readonly breaker?: Partial<BreakerOptions>;
  readonly health?: Partial<HealthOptions>;
  readonly timeoutsMs?: TimeoutOverrides;
  readonly deadlineMs?: number;
  /** By id of the connector. */
  readonly connectors?: Readonly<Record<string, ConnectorSettings>>;
}

export interface RetrySettings {
  readonly maxAttempts?: number;
  readonly baseMs?: number;
  readonly capMs?: number;
  /** 0.2 for ±20 %. */
  readonly jitter?: number;
}

export interface ConnectorSettings {
  readonly bulkhead?: BulkheadOptions;
  /** Of each of its targets; absent for no limit. */
  readonly rateLimit?: RateLimitOptions;
  /** By operation; those it does not name are as everywhere. */
  readonly presets?: Readonly<Record<string, RetryPreset>>;
}

/** The limits that hold for one call. */
export interface CallLimits {
  readonly deadlineMs: number;
  readonly timeoutMs: number;
  readonly leaseMs: number;
  readonly retry: RetryOptions;
}

export function limitsOf({ connector, operation }: RunCall, settings: ResilienceSettings): CallLimits {
  const attemptMs = timeoutMs(operation, settings.timeoutsMs);
  const own = settings.connectors?.[connector]?.presets;
  const preset = ownOf(own, operation) ?? ownOf(OPERATION_PRESETS, operation) ?? "default";
  return {
    deadlineMs: settings.deadlineMs ?? DEADLINE_MS,
    timeoutMs: attemptMs,
    // A probe may wait for its place before its attempt begins.
    leaseMs: Math.max(breakerOf(settings).leaseMs, 2 * attemptMs),
    retry: retryOf(preset, settings.retry ?? {}),
  };
}

export function breakerOf(settings: ResilienceSettings): BreakerOptions {
  const options = { ...BREAKER, ...settings.breaker };
  // Whoever wants it to wait for longer than the cap means just that.
  return { ...options, openCapMs: Math.max(options.openCapMs, options.openMs) };
}

export const healthOptionsOf = (settings: ResilienceSettings): HealthOptions => ({ ...HEALTH, ...settings.health });

export const bulkheadOf = (connector: string, settings: ResilienceSettings): BulkheadOptions =>
  settings.connectors?.[connector]?.bulkhead ?? BULKHEAD;

/** Null for a connector without one. */
export const rateLimitOf = (connector: string, settings: ResilienceSettings): RateLimitOptions | null =>
  settings.connectors?.[connector]?.rateLimit ?? null;

function retryOf(preset: RetryPreset, { maxAttempts, ...backoff }: RetrySettings): RetryOptions {
  const options: RetryOptions = RETRY_PRESETS[preset];
  return {
    ...options,
    // What cannot be done twice cannot be made so.
    maxAttempts: preset === "once" ? options.maxAttempts : (maxAttempts ?? options.maxAttempts),
    backoff: { ...options.backoff, ...backoff },
  };
}

/** Names come from connectors and settings: one of them may be "constructor". */
const ownOf = <T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
