import { describe, expect, it } from "vitest";
import { BREAKER, BULKHEAD, HEALTH, RETRY_PRESETS } from "../../../src/main/engine/resilience/defaults.ts";
import {
  type ResilienceSettings,
  breakerOf,
  bulkheadOf,
  healthOptionsOf,
  limitsOf,
} from "../../../src/main/engine/resilience/settings.ts";

const limits = (operation: string, settings: ResilienceSettings = {}) =>
  limitsOf({ connector: "file", target: "/a", operation }, settings);

describe("the limits of a call", () => {
  it.each([
    ["open", "local", 5_000],
    ["read", "local", 30_000],
    ["walk", "local", 60_000],
    ["http", "http", 15_000],
    ["database", "database", 30_000],
    ["knit", "default", 30_000],
    ["constructor", "default", 30_000],
  ] as const)("of %s are those of %s and %i ms", (operation, preset, timeoutMs) => {
    expect(limits(operation)).toMatchObject({ retry: RETRY_PRESETS[preset], timeoutMs, deadlineMs: 600_000 });
  });

  it("allow one attempt for a step of a running git process, whatever the settings say", () => {
    expect(limits("git", { retry: { maxAttempts: 9 } }).retry.maxAttempts).toBe(1);
  });

  it("change with the settings, in every preset", () => {
    const settings = {
      retry: { maxAttempts: 5, baseMs: 1, capMs: 2, jitter: 0 },
      timeoutsMs: { http: 70 },
      deadlineMs: 9,
    };
    expect(limits("http", settings)).toMatchObject({
      retry: {
        maxAttempts: 5,
        honourRetryAfter: true,
        backoff: { strategy: "exponential", baseMs: 1, factor: 2, capMs: 2, jitter: 0 },
      },
      timeoutMs: 70,
      deadlineMs: 9,
    });
    expect(limits("http", { retry: {} })).toMatchObject({ retry: RETRY_PRESETS.http });
  });

  it("take the preset that a connector asks for, for the operations that it names", () => {
    const settings: ResilienceSettings = { connectors: { file: { presets: { read: "patient" } } } };
    expect(limits("read", settings).retry).toEqual(RETRY_PRESETS.patient);
    expect(limits("open", settings).retry).toEqual(RETRY_PRESETS.local);
    expect(limits("read", { connectors: { http: { presets: { read: "patient" } } } }).retry).toEqual(
      RETRY_PRESETS.local,
    );
  });

  it("give a probe a lease that outlasts its attempt", () => {
    expect(limits("open").leaseMs).toBe(120_000);
    expect(limits("open", { timeoutsMs: { open: 100_000 } }).leaseMs).toBe(200_000);
    expect(limits("open", { breaker: { leaseMs: 1_000 } }).leaseMs).toBe(10_000);
  });
});

describe("the options of a connector", () => {
  it("are the defaults, and what the settings change of them", () => {
    expect(breakerOf({})).toEqual(BREAKER);
    expect(breakerOf({ breaker: { failuresToOpen: 9 } })).toEqual({ ...BREAKER, failuresToOpen: 9 });
    expect(breakerOf({ breaker: { openMs: 600_000 } })).toMatchObject({ openMs: 600_000, openCapMs: 600_000 });
    expect(healthOptionsOf({})).toEqual(HEALTH);
    expect(healthOptionsOf({ health: { degradedP95Ms: 9 } })).toEqual({ ...HEALTH, degradedP95Ms: 9 });
    expect(bulkheadOf("file", {})).toEqual(BULKHEAD);
    const own = { maxConcurrent: 1, maxQueued: 2 };
    expect(bulkheadOf("file", { connectors: { file: { bulkhead: own } } })).toEqual(own);
    expect(bulkheadOf("git", { connectors: { file: { bulkhead: own } } })).toEqual(BULKHEAD);
  });
});
