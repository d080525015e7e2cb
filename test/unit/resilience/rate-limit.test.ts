import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { TimeoutFailure } from "../../../src/main/engine/resilience/failures.ts";
import { TokenBucket, rateLimit } from "../../../src/main/engine/resilience/rate-limit.ts";
import { FakeClock, fakeContext, never, settle, watch } from "./support.ts";

function limited(options: { perSecond: number; burst: number; maxWaitMs: number }) {
  const { context, clock, events } = fakeContext();
  const bucket = new TokenBucket(options, clock);
  const policy = rateLimit(bucket, context);
  const call = (signal: AbortSignal = never) => watch(policy(() => Promise.resolve(clock.now()), signal));
  return { bucket, policy, clock, events, call };
}

describe("a rate limit", () => {
  it("lets a burst through and refuses what is more, with the time to wait", async () => {
    const { bucket, events, call } = limited({ perSecond: 4, burst: 2, maxWaitMs: 0 });
    const calls = [call(), call(), call()];
    await settle();
    expect(calls.map(({ state }) => state)).toEqual(["done", "done", "failed"]);
    expect(calls[2]?.error).toMatchObject({
      by: "rate-limit",
      retryAfterMs: 250,
      failure: {
        reason: "rate-limited",
        message: "http:api: not called, because it was called 4 times a second already. Try again in 1 s.",
      },
    });
    expect(events).toEqual([{ type: "refused", name: "http:api", by: "rate-limit", retryAfterMs: 250 }]);
    expect(bucket.state()).toEqual({ perSecond: 4, burst: 2, maxWaitMs: 0, tokens: 0 });
  });

  it("fills evenly, up to its burst", async () => {
    const { bucket, clock, call } = limited({ perSecond: 4, burst: 2, maxWaitMs: 0 });
    call();
    call();
    await settle();
    clock.jump(249);
    expect(bucket.state().tokens).toBeCloseTo(0.996);
    const early = call();
    await settle();
    expect(early.error).toMatchObject({ retryAfterMs: 1 });
    clock.jump(1);
    const due = call();
    await settle();
    expect(due.state).toBe("done");
    clock.jump(3_600_000);
    expect(bucket.state().tokens).toBe(2);
    expect(bucket.isIdle()).toBe(true);
  });

  it("has calls wait in turn when that is allowed, and refuses one that would wait longer", async () => {
    const { bucket, clock, call } = limited({ perSecond: 10, burst: 1, maxWaitMs: 200 });
    const calls = [call(), call(), call(), call()];
    await settle();
    expect(calls.map(({ state }) => state)).toEqual(["done", "waiting", "waiting", "failed"]);
    expect(calls[3]?.error).toMatchObject({ retryAfterMs: 300 });
    expect(bucket.state().tokens).toBe(-2);
    expect(bucket.isIdle()).toBe(false);
    await clock.advance(200);
    expect(calls.map(({ value }) => value)).toEqual([0, 100, 200, undefined]);
  });

  it("gives back the token of a call that is cancelled while it waits", async () => {
    const { bucket, clock, events, call } = limited({ perSecond: 10, burst: 1, maxWaitMs: 1_000 });
    const stop = new AbortController();
    call();
    const waiting = call(stop.signal);
    await settle();
    expect(bucket.state().tokens).toBe(-1);
    stop.abort();
    await settle();
    expect(waiting.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(bucket.state().tokens).toBe(0);
    expect(clock.pending).toBe(0);
    expect(events).toEqual([]);
  });

  it("has refused a call whose time runs out while it waits: the target was never asked", async () => {
    const { events, call } = limited({ perSecond: 10, burst: 1, maxWaitMs: 1_000 });
    const late = new AbortController();
    call();
    const waiting = call(late.signal);
    await settle();
    late.abort(new TimeoutFailure("http:api", "total", 50));
    await settle();
    expect(waiting.error).toMatchObject({ by: "rate-limit", retryAfterMs: 100 });
    expect(events).toHaveLength(1);
  });

  it("keeps no more tokens than its burst, given back ones too", () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 3, maxWaitMs: 0 }, new FakeClock());
    bucket.giveBack();
    expect(bucket.state().tokens).toBe(3);
  });

  it("passes failures of the action on, and its token is spent", async () => {
    const { bucket, policy } = limited({ perSecond: 1, burst: 1, maxWaitMs: 0 });
    await expect(policy(() => Promise.reject(new Error("broken")), never)).rejects.toThrow("broken");
    expect(bucket.state().tokens).toBe(0);
  });

  it("never lets more through than burst and rate allow", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 100 }),
        (perSecond, burst, waits) => {
          const clock = new FakeClock();
          const bucket = new TokenBucket({ perSecond, burst, maxWaitMs: 0 }, clock);
          let taken = 0;
          for (const waitMs of waits) {
            clock.jump(waitMs);
            if (bucket.take().taken) taken += 1;
            expect(taken).toBeLessThanOrEqual(burst + (clock.now() / 1_000) * perSecond + 1e-6);
          }
        },
      ),
    );
  });
});

describe("a bucket whose limit is changed", () => {
  it("keeps the tokens that are missing, which come back at the new pace", () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket({ perSecond: 1, burst: 4, maxWaitMs: 0 }, clock);
    for (let call = 0; call < 4; call += 1) bucket.take();
    bucket.adopt({ perSecond: 10, burst: 4, maxWaitMs: 0 });
    expect(bucket.state()).toEqual({ perSecond: 10, burst: 4, maxWaitMs: 0, tokens: 0 });
    clock.jump(100);
    expect(bucket.state().tokens).toBe(1);
    expect(bucket.take()).toEqual({ taken: true, waitMs: 0 });
  });

  it("is full when nothing is missing, whatever it holds now", () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket({ perSecond: 1, burst: 2, maxWaitMs: 0 }, clock);
    clock.jump(5_000);
    bucket.adopt({ perSecond: 1, burst: 9, maxWaitMs: 0 });
    expect([bucket.state().tokens, bucket.isIdle()]).toEqual([9, true]);
  });
});
