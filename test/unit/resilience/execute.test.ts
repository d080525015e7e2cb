// The order is the rule here: each test fails when two neighbours change places.
import { describe, expect, it, vi } from "vitest";
import { circuitBreaker } from "../../../src/main/engine/resilience/breaker-policy.ts";
import { Bulkhead, bulkhead } from "../../../src/main/engine/resilience/bulkhead.ts";
import { CircuitBreaker } from "../../../src/main/engine/resilience/circuit-breaker.ts";
import { deadline } from "../../../src/main/engine/resilience/deadline.ts";
import { BREAKER, RETRY } from "../../../src/main/engine/resilience/defaults.ts";
import { type Policies, createExecute } from "../../../src/main/engine/resilience/execute.ts";
import { type Policy, compose } from "../../../src/main/engine/resilience/policy.ts";
import { TokenBucket, rateLimit } from "../../../src/main/engine/resilience/rate-limit.ts";
import { retry } from "../../../src/main/engine/resilience/retry.ts";
import { timeout } from "../../../src/main/engine/resilience/timeout.ts";
import { micros } from "../../../src/shared/units.ts";
import { codeError, fakeContext, never, settle, watch } from "./support.ts";

const NOON = micros(Date.UTC(2026, 2, 1, 12) * 1_000);
const seven = () => Promise.resolve({ value: 7, goodAt: NOON });
const hang = (): Promise<never> => new Promise<never>(() => {});

describe("policies around each other", () => {
  it("are called from the outermost in, with the signal that each passes on", async () => {
    const order: string[] = [];
    const named =
      (name: string): Policy =>
      async (action, signal) => {
        order.push(`${name} before`);
        const value = await action(signal);
        order.push(`${name} after`);
        return value;
      };
    const composed = compose(named("outer"), named("inner"));
    await expect(composed((signal) => Promise.resolve(signal), never)).resolves.toBe(never);
    expect(order).toEqual(["outer before", "inner before", "inner after", "outer after"]);
    await expect(compose()(() => Promise.resolve(1), never)).resolves.toBe(1);
  });

  it("stand in the stated order, whatever order they are named in", async () => {
    const order: string[] = [];
    const named =
      (name: string): Policy =>
      (action, signal) => {
        order.push(name);
        return action(signal);
      };
    const names = [
      "faultInjection",
      "timeout",
      "bulkhead",
      "rateLimit",
      "circuitBreaker",
      "retry",
      "deadline",
    ] as const;
    const policies: Policies = Object.fromEntries(names.map((name) => [name, named(name)]));
    const execute = createExecute(policies, fakeContext().context);
    await execute<number>(
      () => Promise.reject(new Error("broken")),
      never,
      async () => {
        order.push("fallback");
        return { value: 0, goodAt: null };
      },
    );
    expect(order).toEqual([...names.toReversed(), "fallback"]);
  });

  it("are none when none are named", async () => {
    const execute = createExecute({}, fakeContext().context);
    await expect(execute((signal) => Promise.resolve(signal), never)).resolves.toEqual({ value: never, stale: null });
  });
});

describe("the composition", () => {
  function composed(changed: { deadlineMs?: number; perSecond?: number; maxConcurrent?: number } = {}) {
    const { context, clock, events } = fakeContext();
    const breaker = new CircuitBreaker({ connector: "http", target: "api" }, () => BREAKER, context);
    const bucket = new TokenBucket(
      { perSecond: changed.perSecond ?? 1_000, burst: changed.perSecond ?? 1_000, maxWaitMs: 0 },
      clock,
    );
    const place = new Bulkhead(() => ({ maxConcurrent: changed.maxConcurrent ?? 10, maxQueued: 0 }));
    const execute = createExecute(
      {
        deadline: deadline(changed.deadlineMs ?? 600_000, context),
        retry: retry(RETRY, context),
        circuitBreaker: circuitBreaker(breaker, context),
        rateLimit: rateLimit(bucket, context),
        bulkhead: bulkhead(place, context),
        timeout: timeout(5_000, context),
      },
      context,
    );
    return { execute, breaker, bucket, place, clock, events };
  }
  const failing = () => vi.fn<() => Promise<number>>().mockRejectedValue(codeError("ECONNRESET"));

  it("ends with the deadline, between attempts too", async () => {
    const { execute, clock } = composed({ deadlineMs: 500 });
    const seen = watch(execute(failing(), never));
    await clock.advance(500);
    expect(seen.error).toMatchObject({ failure: { reason: "deadline" } });
    expect(clock.pending).toBe(0);
  });

  it("gives the fallback after all attempts, marked stale", async () => {
    const { execute, clock } = composed();
    const action = failing();
    const seen = watch(execute(action, never, seven));
    await clock.advance(2_000);
    expect(seen.value).toEqual({
      value: 7,
      stale: { goodAt: NOON, errorClass: "connection", message: expect.any(String) },
    });
    expect(action).toHaveBeenCalledTimes(3);
  });

  it("spends no attempt on an open breaker, and gives the fallback at once", async () => {
    const { execute, breaker, clock } = composed();
    breaker.holdOpen("Ada");
    const action = failing();
    await expect(execute(action, never, seven)).resolves.toMatchObject({
      value: 7,
      stale: { goodAt: NOON, errorClass: "refused" },
    });
    expect(action).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it("counts each attempt at the breaker, and stops retrying when it opens", async () => {
    const { execute, breaker, clock } = composed();
    const action = failing();
    watch(execute(action, never));
    await clock.advance(2_000);
    expect(breaker.status().failures).toBe(3);
    const seen = watch(execute(action, never));
    await clock.advance(2_000);
    expect(action).toHaveBeenCalledTimes(5);
    expect(seen.error).toMatchObject({ by: "circuit-breaker" });
  });

  it("counts nothing at the breaker when the rate limit refuses", async () => {
    const { execute, breaker, clock } = composed({ perSecond: 1 });
    await execute(() => Promise.resolve(1), never);
    for (let call = 0; call < 10; call += 1) {
      await expect(execute(() => Promise.resolve(1), never)).rejects.toMatchObject({ by: "rate-limit" });
    }
    expect(breaker.status()).toMatchObject({ state: "closed", calls: 1, failures: 0, inFlight: 0 });
    expect(clock.pending).toBe(0);
  });

  it("counts nothing at the breaker when the bulkhead refuses, but spends a token", async () => {
    const { execute, breaker, bucket } = composed({ maxConcurrent: 1 });
    watch(execute(hang, never));
    await settle();
    for (let call = 0; call < 10; call += 1) {
      await expect(execute(() => Promise.resolve(1), never)).rejects.toMatchObject({ by: "bulkhead" });
    }
    expect(breaker.status()).toMatchObject({ state: "closed", calls: 0, failures: 0, inFlight: 1 });
    expect(bucket.state().tokens).toBeCloseTo(989);
  });

  it("times each attempt by itself, frees its place, and counts it at the breaker", async () => {
    const { execute, breaker, place, clock } = composed();
    const action = vi.fn<() => Promise<number>>().mockImplementationOnce(hang).mockResolvedValue(1);
    const seen = watch(execute(action, never));
    await clock.advance(4_999);
    expect(place.state().active).toBe(1);
    await clock.advance(1);
    expect(place.state().active).toBe(0);
    expect(breaker.status().failures).toBe(1);
    await clock.advance(400);
    expect(seen.value).toEqual({ value: 1, stale: null });
  });

  it("ends at once everywhere when it is cancelled, and counts nothing", async () => {
    const { execute, breaker, place, clock } = composed();
    const stop = new AbortController();
    const signals: AbortSignal[] = [];
    const seen = watch(
      execute((signal) => {
        signals.push(signal);
        return hang();
      }, stop.signal),
    );
    await settle();
    stop.abort();
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(signals[0]?.aborted).toBe(true);
    expect(breaker.status()).toMatchObject({ calls: 0, inFlight: 0 });
    expect(place.state().active).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
