import { describe, expect, it, vi } from "vitest";
import { circuitBreaker } from "../../../src/main/engine/resilience/breaker-policy.ts";
import { CircuitBreaker } from "../../../src/main/engine/resilience/circuit-breaker.ts";
import { BREAKER } from "../../../src/main/engine/resilience/defaults.ts";
import { RefusedFailure, TimeoutFailure } from "../../../src/main/engine/resilience/failures.ts";
import { chances, codeError, fakeContext, never, settle, watch } from "./support.ts";

function guarded(more: Parameters<typeof circuitBreaker>[2] = {}, random = chances()) {
  const { context, clock, events } = fakeContext({ random });
  const breaker = new CircuitBreaker({ connector: "http", target: "api" }, () => BREAKER, context);
  const policy = circuitBreaker(breaker, context, more);
  const fail = async (times: number, error: unknown = codeError("ECONNRESET")): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      await expect(policy(() => Promise.reject(error), never)).rejects.toBe(error);
    }
  };
  return { breaker, policy, fail, clock, events };
}

describe("a circuit breaker around an action", () => {
  it("passes answers on and counts them", async () => {
    const { breaker, policy } = guarded();
    await expect(policy((signal) => Promise.resolve(signal), never)).resolves.toBe(never);
    expect(breaker.status()).toMatchObject({ calls: 1, failures: 0, inFlight: 0 });
  });

  it("does not call while it is open, and says why and for how long", async () => {
    const { policy, fail, clock, events } = guarded();
    await fail(5);
    clock.jump(500);
    const action = vi.fn<() => Promise<number>>();
    const refused = policy(action, never);
    await expect(refused).rejects.toBeInstanceOf(RefusedFailure);
    await expect(refused).rejects.toMatchObject({
      by: "circuit-breaker",
      retryAfterMs: 29_500,
      failure: {
        reason: "circuit-open",
        message:
          "http:api: not called, because calls to it failed (last: ECONNRESET: it went wrong). Try again in 30 s.",
      },
    });
    expect(action).not.toHaveBeenCalled();
    expect(events.at(-1)).toEqual({ type: "refused", name: "http:api", by: "circuit-breaker", retryAfterMs: 29_500 });
  });

  it("knows no last failure when calls were only slow", async () => {
    const { breaker, policy } = guarded();
    for (let call = 0; call < 20; call += 1) {
      const admission = breaker.admit();
      if (admission.admitted) admission.permit.succeed(10_000);
    }
    await expect(policy(() => Promise.resolve(1), never)).rejects.toThrow(
      "http:api: not called, because calls to it failed. Try again in 30 s.",
    );
  });

  it("names who holds it", async () => {
    const { breaker, policy } = guarded();
    breaker.holdOpen("Ada");
    await expect(policy(() => Promise.resolve(1), never)).rejects.toMatchObject({
      retryAfterMs: null,
      failure: { message: "http:api: not called, because Ada holds it. Reset its breaker to call it again." },
    });
    breaker.restore({ ...breaker.snapshot(), controls: [] });
    await expect(policy(() => Promise.resolve(1), never)).rejects.toThrow("because somebody holds it");
  });

  it("counts what says that the target is unwell, and nothing else", async () => {
    const { breaker, fail } = guarded();
    await fail(10, codeError("ENOENT"));
    await fail(10, new RefusedFailure("rate-limit", "often", 10));
    await fail(10, new RefusedFailure("bulkhead", "full", null));
    expect(breaker.status()).toMatchObject({ state: "closed", calls: 0, failures: 0, inFlight: 0 });
    await fail(5, new TimeoutFailure("http:api", "attempt", 50));
    expect(breaker.status().state).toBe("open");
  });

  it("counts what it is told to", async () => {
    const { breaker, fail } = guarded({ countIf: (error) => error instanceof RangeError });
    await fail(10);
    expect(breaker.status().failures).toBe(0);
    await fail(5, new RangeError("too far"));
    expect(breaker.status().state).toBe("open");
  });

  it("counts nothing for a cancel, also when the action then fails in its own way", async () => {
    const { breaker, policy } = guarded();
    for (let time = 0; time < 10; time += 1) {
      const stop = new AbortController();
      const action = async (): Promise<never> => {
        stop.abort();
        throw codeError("EIO");
      };
      await expect(policy(action, stop.signal)).rejects.toThrow("The call was cancelled.");
    }
    expect(breaker.status()).toMatchObject({ state: "closed", calls: 0, failures: 0, inFlight: 0 });
  });

  it("releases at once the call of an action that does not listen to its cancel", async () => {
    const { breaker, policy } = guarded();
    const stop = new AbortController();
    const seen = watch(policy(() => new Promise<never>(() => {}), stop.signal));
    await settle();
    expect(breaker.status().inFlight).toBe(1);
    stop.abort();
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(breaker.status()).toMatchObject({ inFlight: 0, calls: 0 });
  });

  it("counts a call that the deadline ended: the target did not answer", async () => {
    const { breaker, policy } = guarded();
    const late = new AbortController();
    watch(policy(() => new Promise<never>(() => {}), late.signal));
    await settle();
    late.abort(new TimeoutFailure("http:api", "total", 50));
    await settle();
    expect(breaker.status()).toMatchObject({ calls: 1, failures: 1 });
  });

  it("measures how long calls took, failures too", async () => {
    const { breaker, policy, clock } = guarded();
    const takes = (ms: number, error?: Error) => async (): Promise<void> => {
      clock.jump(ms);
      if (error) throw error;
    };
    clock.jump(100);
    await policy(takes(10_000), never);
    await policy(takes(9_999), never);
    await expect(policy(takes(10_000, codeError("EIO")), never)).rejects.toThrow("EIO");
    await expect(policy(takes(9_999, codeError("EIO")), never)).rejects.toThrow("EIO");
    expect(breaker.status()).toMatchObject({ calls: 4, slowCalls: 2 });
  });

  it("gives its probes the lease it was made with", async () => {
    const { breaker, policy, fail, clock } = guarded({ leaseMs: 700 }, chances(0.5));
    await fail(5);
    clock.jump(30_000);
    watch(policy(() => new Promise<never>(() => {}), never));
    await settle();
    clock.jump(699);
    expect(breaker.status().state).toBe("half-open");
    clock.jump(1);
    breaker.retryNow("Ada");
    expect(breaker.status().reopenings).toBe(1);
  });
});
