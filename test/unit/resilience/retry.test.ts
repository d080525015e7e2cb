import { describe, expect, it, vi } from "vitest";
import { RETRY, RETRY_BUDGET, RETRY_PRESETS } from "../../../src/main/engine/resilience/defaults.ts";
import { RefusedFailure, TimeoutFailure } from "../../../src/main/engine/resilience/failures.ts";
import { RetryBudget } from "../../../src/main/engine/resilience/retry-budget.ts";
import { retry } from "../../../src/main/engine/resilience/retry.ts";
import { chances, codeError, fakeContext, never, settle, watch } from "./support.ts";

const busy = codeError("EBUSY");
const failing = (times: number, error: unknown = busy) => {
  let calls = 0;
  return vi.fn<() => Promise<string>>(async () => {
    calls += 1;
    if (calls <= times) throw error;
    return "done";
  });
};

describe("retry", () => {
  it("calls once what succeeds", async () => {
    const { context, events } = fakeContext();
    const action = failing(0);
    await expect(retry(RETRY, context)(action, never)).resolves.toBe("done");
    expect(action).toHaveBeenCalledTimes(1);
    expect(events).toEqual([]);
  });

  it("makes three attempts, 400 ms and 800 ms apart", async () => {
    const { context, clock, events } = fakeContext();
    const action = failing(9);
    const seen = watch(retry(RETRY, context)(action, never));
    await clock.advance(399);
    expect(action).toHaveBeenCalledTimes(1);
    await clock.advance(1);
    expect(action).toHaveBeenCalledTimes(2);
    await clock.advance(799);
    expect(action).toHaveBeenCalledTimes(2);
    await clock.advance(1);
    expect(action).toHaveBeenCalledTimes(3);
    expect(seen.error).toBe(busy);
    const line = { name: "http:api", maxAttempts: 3, errorClass: "busy" };
    expect(events).toEqual([
      { type: "retry", attempt: 1, delayMs: 400, ...line },
      { type: "retry", attempt: 2, delayMs: 800, ...line },
      { type: "gave-up", attempt: 3, why: "attempts", ...line },
    ]);
  });

  it("gives the answer of the attempt that succeeds", async () => {
    const { context, clock } = fakeContext();
    const seen = watch(retry(RETRY, context)(failing(2), never));
    await clock.advance(1_200);
    expect(seen).toMatchObject({ state: "done", value: "done" });
    expect(clock.pending).toBe(0);
  });

  it("varies its delays by chance", async () => {
    const { context, clock, events } = fakeContext({ random: chances(0, 0.999) });
    watch(retry(RETRY, context)(failing(9), never));
    await clock.advance(5_000);
    expect(events.flatMap((event) => (event.type === "retry" ? [Math.round(event.delayMs)] : []))).toEqual([320, 960]);
  });

  it("does not try again what cannot pass by itself", async () => {
    const { context, events } = fakeContext();
    const action = failing(9, codeError("ENOENT"));
    await expect(retry(RETRY, context)(action, never)).rejects.toThrow("ENOENT");
    expect(action).toHaveBeenCalledTimes(1);
    expect(events).toEqual([]);
  });

  it("ends, and says so, when what could pass turns into what cannot", async () => {
    const { context, clock, events } = fakeContext();
    const action = vi.fn<() => Promise<string>>().mockRejectedValueOnce(busy).mockRejectedValue(codeError("ENOENT"));
    const seen = watch(retry(RETRY, context)(action, never));
    await clock.advance(5_000);
    expect(seen.error).toMatchObject({ code: "ENOENT" });
    expect(action).toHaveBeenCalledTimes(2);
    expect(events.at(-1)).toEqual({
      type: "gave-up",
      name: "http:api",
      attempt: 2,
      maxAttempts: 3,
      errorClass: "not-found",
      why: "not-transient",
    });
  });

  it("spends no attempts on an open breaker", async () => {
    const { context } = fakeContext();
    const action = failing(9, new RefusedFailure("circuit-breaker", "open", 1_000));
    await expect(retry(RETRY_PRESETS.http, context)(action, never)).rejects.toThrow("open");
    expect(action).toHaveBeenCalledTimes(1);
  });

  it("tries again what its own condition says", async () => {
    const { context, clock } = fakeContext();
    const asked: unknown[] = [];
    const error = codeError("ENOENT");
    const retryIf = (failure: unknown): boolean => asked.push(failure) > 0;
    const seen = watch(retry(RETRY, context, { retryIf })(failing(1, error), never));
    await clock.advance(400);
    expect(seen.state).toBe("done");
    expect(asked).toEqual([error]);
  });

  it("passes its signal on", async () => {
    const { context } = fakeContext();
    await expect(retry(RETRY, context)((signal) => Promise.resolve(signal), never)).resolves.toBe(never);
  });

  it("ends within its delay when it is cancelled, and calls no more", async () => {
    const { context, clock } = fakeContext();
    const action = failing(9);
    const stop = new AbortController();
    const seen = watch(retry(RETRY_PRESETS.patient, context)(action, stop.signal));
    await clock.advance(500);
    stop.abort();
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(clock.pending).toBe(0);
    await clock.advance(60_000);
    expect(action).toHaveBeenCalledTimes(1);
  });

  it("ends within an attempt when it is cancelled, also one that does not listen", async () => {
    const { context } = fakeContext();
    const stop = new AbortController();
    const seen = watch(retry(RETRY, context)(() => new Promise<never>(() => {}), stop.signal));
    await settle();
    stop.abort();
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
  });

  it("is cancelled, not failed, when the cancel is what made the attempt fail", async () => {
    const { context, clock, events } = fakeContext();
    const stop = new AbortController();
    const action = vi.fn<() => Promise<never>>(async () => {
      stop.abort();
      throw busy;
    });
    await expect(retry(RETRY, context)(action, stop.signal)).rejects.toMatchObject({
      failure: { reason: "cancelled" },
    });
    expect(clock.pending).toBe(0);
    expect(events).toEqual([]);
  });
});

describe("retry under a deadline", () => {
  it("ends with it, and neither tells of nor spends a retry that there is no time for", async () => {
    const { context, events, clock } = fakeContext();
    const budget = new RetryBudget(RETRY_BUDGET, clock);
    const late = new AbortController();
    const seen = watch(retry(RETRY, context, { budget })(() => new Promise<never>(() => {}), late.signal));
    await settle();
    late.abort(new TimeoutFailure("http:api", "total", 50));
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "deadline" } });
    expect(events).toEqual([]);
    expect(budget.state().retries).toBe(0);
  });
});

describe("a delay that the other side asks for", () => {
  const throttled = (retryAfterMs: number) =>
    Object.assign(new Error("too many requests"), { status: 429, retryAfterMs });
  const delayOf = async (retryAfterMs: number, preset: keyof typeof RETRY_PRESETS): Promise<number> => {
    const { context, clock, events } = fakeContext();
    watch(retry(RETRY_PRESETS[preset], context)(failing(1, throttled(retryAfterMs)), never));
    await clock.advance(60_000);
    const [event] = events;
    return event?.type === "retry" ? event.delayMs : Number.NaN;
  };

  it("is honoured by http", async () => {
    expect(await delayOf(7_000, "http")).toBe(7_000);
  });
  it("is honoured when it is none", async () => {
    expect(await delayOf(0, "http")).toBe(0);
  });
  it("is clamped to the cap", async () => {
    expect(await delayOf(3_600_000, "http")).toBe(10_000);
  });
  it("is left alone by others", async () => {
    expect(await delayOf(7_000, "database")).toBe(500);
  });
});

describe("a retry budget", () => {
  const aBudget = (options = {}) => {
    const { context, clock, events } = fakeContext();
    const budget = new RetryBudget({ ...RETRY_BUDGET, ...options }, clock);
    const take = (times: number): number =>
      Array.from({ length: times }, () => budget.takeRetry()).filter((granted) => granted).length;
    return { context, clock, events, budget, take };
  };

  it("always grants a few retries, so that a single call has its attempts", () => {
    const { budget, take } = aBudget();
    budget.recordCall();
    expect(take(50)).toBe(10);
  });

  it("grants a fifth of the calls of the last minute", () => {
    const { budget, take, clock } = aBudget();
    for (let call = 0; call < 100; call += 1) budget.recordCall();
    expect(take(50)).toBe(20);
    expect(budget.state()).toEqual({ calls: 100, retries: 20 });
    clock.jump(60_000);
    expect(budget.state()).toEqual({ calls: 0, retries: 0 });
    expect(take(50)).toBe(10);
  });

  it("grants no part of a retry", () => {
    const { budget, take } = aBudget();
    for (let call = 0; call < 59; call += 1) budget.recordCall();
    expect(take(50)).toBe(11);
  });

  it("ends a call that it grants no retry, and is told of calls and attempts", async () => {
    const { context, clock, events, budget } = aBudget({ minimumRetries: 1, minimumAttempts: 1_000 });
    const action = failing(9);
    const seen = watch(retry(RETRY, context, { budget })(action, never));
    await clock.advance(10_000);
    expect(seen.error).toBe(busy);
    expect(action).toHaveBeenCalledTimes(2);
    expect(events.at(-1)).toMatchObject({ type: "gave-up", attempt: 2, maxAttempts: 3, why: "budget" });
    expect(budget.state()).toEqual({ calls: 1, retries: 1 });
  });

  it.each([
    [10, 0, 1],
    [9, 0, 5],
    [9, 1, 1],
    [8, 2, 2],
    [7, 3, 3],
    [6, 4, 4],
    [5, 5, 5],
    [0, 10, 5],
  ])(
    "gives a call fewer attempts while few succeed: %i failed, %i succeeded, %i of 5",
    (failed, succeeded, expected) => {
      const { budget } = aBudget();
      for (let attempt = 0; attempt < failed; attempt += 1) budget.recordAttempt("failure");
      for (let attempt = 0; attempt < succeeded; attempt += 1) budget.recordAttempt("success");
      expect(budget.attemptsNow(5)).toBe(expected);
    },
  );

  it("gives all attempts again when the failures have gone by", () => {
    const { budget, clock } = aBudget();
    for (let attempt = 0; attempt < 10; attempt += 1) budget.recordAttempt("failure");
    expect(budget.attemptsNow(3)).toBe(1);
    clock.jump(60_000);
    expect(budget.attemptsNow(3)).toBe(3);
  });

  it("lets calls end sooner while few succeed", async () => {
    const { context, budget, events } = aBudget();
    for (let attempt = 0; attempt < 10; attempt += 1) budget.recordAttempt("failure");
    const action = failing(9);
    await expect(retry(RETRY, context, { budget })(action, never)).rejects.toBe(busy);
    expect(action).toHaveBeenCalledTimes(1);
    expect(events).toMatchObject([{ type: "gave-up", maxAttempts: 1, why: "attempts" }]);
  });

  it("hears of successes and of failures that can pass, and of no others", async () => {
    const { context, clock, budget } = aBudget({ minimumAttempts: 1 });
    await retry(RETRY, context, { budget })(failing(0), never);
    await expect(retry(RETRY, context, { budget })(failing(9, codeError("ENOENT")), never)).rejects.toThrow("ENOENT");
    expect(budget.attemptsNow(5)).toBe(5);
    const seen = watch(retry(RETRY_PRESETS.once, context, { budget })(failing(9), never));
    await clock.advance(0);
    expect(seen.state).toBe("failed");
    watch(retry(RETRY_PRESETS.once, context, { budget })(failing(9), never));
    await settle();
    // One of three succeeded.
    expect(budget.attemptsNow(5)).toBe(3);
  });
});
