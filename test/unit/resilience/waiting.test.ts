import { describe, expect, it, vi } from "vitest";
import { TimeoutFailure } from "../../../src/main/engine/resilience/failures.ts";
import { sleep, untilAborted, within } from "../../../src/main/engine/resilience/waiting.ts";
import { FakeClock, countListeners, never, settle, watch } from "./support.ts";

describe("waiting until aborted", () => {
  it("gives the action's answer, and leaves no listener behind", async () => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    await expect(untilAborted(() => Promise.resolve(5), signal)).resolves.toBe(5);
    expect(listeners.count()).toBe(0);
  });
  it("gives the action's failure, also one that is thrown before there is a promise", async () => {
    const broken = new Error("broken");
    await expect(untilAborted(() => Promise.reject(broken), never)).rejects.toBe(broken);
    const throwing = (): Promise<never> => {
      throw broken;
    };
    await expect(untilAborted(throwing, never)).rejects.toBe(broken);
  });
  it("does not call the action when it is aborted already", async () => {
    const action = vi.fn<() => Promise<number>>();
    await expect(untilAborted(action, AbortSignal.abort())).rejects.toMatchObject({ failure: { reason: "cancelled" } });
    expect(action).not.toHaveBeenCalled();
  });
  it("ends with its signal, also for an action that does not listen", async () => {
    const stop = new AbortController();
    const seen = watch(untilAborted(() => new Promise<never>(() => {}), stop.signal));
    await settle();
    stop.abort();
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled", message: "The call was cancelled." } });
  });
  it("fails for want of time when that is what ended the signal", async () => {
    const late = new TimeoutFailure("a", "total", 50);
    await expect(untilAborted(() => Promise.resolve(1), AbortSignal.abort(late))).rejects.toBe(late);
  });
  it("passes the signal on", async () => {
    await expect(untilAborted((signal) => Promise.resolve(signal), never)).resolves.toBe(never);
  });
});

describe("sleeping", () => {
  it("lasts as long as it should", async () => {
    const clock = new FakeClock();
    const seen = watch(sleep(clock, 100, never));
    await clock.advance(99);
    expect(seen.state).toBe("waiting");
    await clock.advance(1);
    expect(seen.state).toBe("done");
  });
  it("ends at once when it is aborted, and takes its appointment back", async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const seen = watch(sleep(clock, 100, stop.signal));
    await settle();
    stop.abort();
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(clock.pending).toBe(0);
  });
  it("does not begin when it is aborted already", async () => {
    const clock = new FakeClock();
    await expect(sleep(clock, 100, AbortSignal.abort())).rejects.toMatchObject({ failure: { reason: "cancelled" } });
    expect(clock.pending).toBe(0);
  });
});

describe("a time limit", () => {
  const limit = (clock: FakeClock) => ({
    clock,
    afterMs: 100,
    failure: () => new TimeoutFailure("a", "attempt", 100),
    forgivesSleep: false,
  });

  it("leaves an answer in time alone, and nothing behind", async () => {
    const clock = new FakeClock();
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    await expect(within(limit(clock), () => Promise.resolve(5), signal)).resolves.toBe(5);
    expect(clock.pending).toBe(0);
    expect(listeners.count()).toBe(0);
  });
  it("ends what takes longer, tells it by its signal, and says so itself though the action fails then", async () => {
    const clock = new FakeClock();
    const reasons: unknown[] = [];
    const seen = watch(
      within(
        limit(clock),
        (signal) =>
          new Promise<never>((_resolve, reject) => {
            signal.addEventListener("abort", () => {
              reasons.push(signal.reason);
              reject(new Error("stopped"));
            });
          }),
        never,
      ),
    );
    await clock.advance(99);
    expect(seen.state).toBe("waiting");
    await clock.advance(1);
    expect(seen.error).toBeInstanceOf(TimeoutFailure);
    expect(reasons).toEqual([seen.error]);
  });
  it("passes a cancel on, with its reason", async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const seen: AbortSignal[] = [];
    const call = watch(
      within(
        limit(clock),
        (signal) => {
          seen.push(signal);
          return new Promise<never>(() => {});
        },
        stop.signal,
      ),
    );
    await settle();
    stop.abort("enough");
    await settle();
    expect(call.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(seen[0]).toMatchObject({ aborted: true, reason: "enough" });
    expect(clock.pending).toBe(0);
  });
  it("does not begin when it is aborted already", async () => {
    const clock = new FakeClock();
    const action = vi.fn<() => Promise<number>>();
    await expect(within(limit(clock), action, AbortSignal.abort())).rejects.toMatchObject({
      failure: { reason: "cancelled" },
    });
    expect(action).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });
});
