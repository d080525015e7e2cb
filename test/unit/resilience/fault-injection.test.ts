import { afterEach, describe, expect, it, vi } from "vitest";
import { type Fault, faultInjection, faultsAreAllowed } from "../../../src/main/engine/resilience/fault-injection.ts";
import { Resilience } from "../../../src/main/engine/resilience/resilience.ts";
import { codeError, fakeContext, never, settle, watch } from "./support.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("fault injection", () => {
  it("plays its plan call by call, and lets the others through", async () => {
    const { context, clock, events } = fakeContext();
    const asked: unknown[] = [];
    const faults: (Fault | null)[] = [null, { type: "error", error: codeError("EIO") }, { type: "delay", delayMs: 70 }];
    const policy = faultInjection((name, call) => {
      asked.push([name, call]);
      return faults[call - 1] ?? null;
    }, context);
    const action = vi.fn<() => Promise<number>>().mockResolvedValue(1);
    await expect(policy(action, never)).resolves.toBe(1);
    await expect(policy(action, never)).rejects.toThrow("EIO");
    expect(action).toHaveBeenCalledTimes(1);
    const delayed = watch(policy(action, never));
    await clock.advance(69);
    expect(delayed.state).toBe("waiting");
    await clock.advance(1);
    expect(delayed.value).toBe(1);
    expect(asked).toEqual([
      ["http:api", 1],
      ["http:api", 2],
      ["http:api", 3],
    ]);
    expect(events).toEqual([
      { type: "fault", name: "http:api", fault: "error" },
      { type: "fault", name: "http:api", fault: "delay" },
    ]);
  });
  it("hangs until it is cancelled, and never calls", async () => {
    const { context, events } = fakeContext();
    const action = vi.fn<() => Promise<number>>();
    const stop = new AbortController();
    const seen = watch(faultInjection(() => ({ type: "hang" }), context)(action, stop.signal));
    await settle();
    expect(seen.state).toBe("waiting");
    stop.abort();
    await settle();
    expect(seen.state).toBe("failed");
    expect(action).not.toHaveBeenCalled();
    expect(events).toEqual([{ type: "fault", name: "http:api", fault: "hang" }]);
  });
  it("is for test builds only", () => {
    const faults = (): null => null;
    expect(faultsAreAllowed()).toBe(true);
    expect(new Resilience({ faults })).toBeInstanceOf(Resilience);
    vi.stubEnv("MODE", "production");
    expect(faultsAreAllowed()).toBe(false);
    expect(() => new Resilience({ faults })).toThrow("faults are injected in test builds only");
    expect(new Resilience()).toBeInstanceOf(Resilience);
  });
});
