import { describe, expect, it } from "vitest";
import { Bulkhead, bulkhead } from "../../../src/main/engine/resilience/bulkhead.ts";
import { TimeoutFailure } from "../../../src/main/engine/resilience/failures.ts";
import { countListeners, fakeContext, never, settle, watch } from "./support.ts";

/** A bulkhead and calls that end when they are told to. */
function rooms(maxConcurrent: number, maxQueued: number) {
  const options = { maxConcurrent, maxQueued };
  const { context, events } = fakeContext();
  const place = new Bulkhead(() => options);
  const policy = bulkhead(place, context);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const call = (id: string, signal: AbortSignal = never) =>
    watch(
      policy(() => {
        begun.push(id);
        return new Promise<string>((resolve) => ends.set(id, () => resolve(id)));
      }, signal),
    );
  const end = async (id: string): Promise<void> => {
    ends.get(id)?.();
    await settle();
  };
  return { options, place, policy, events, begun, call, end };
}

describe("a bulkhead", () => {
  it("lets so many calls in, has so many wait in turn, and refuses the next", async () => {
    const { place, events, begun, call, end } = rooms(2, 2);
    const calls = ["a", "b", "c", "d"].map((id) => call(id));
    const refused = call("e");
    await settle();
    expect(begun).toEqual(["a", "b"]);
    expect(place.state()).toEqual({ maxConcurrent: 2, maxQueued: 2, active: 2, queued: 2 });
    expect(refused.error).toMatchObject({
      by: "bulkhead",
      retryAfterMs: null,
      failure: {
        reason: "too-busy",
        message:
          "http:api: not called, because 2 calls are under way and 2 may wait. Try again when some of them have ended.",
      },
    });
    expect(events).toEqual([{ type: "refused", name: "http:api", by: "bulkhead", retryAfterMs: null }]);
    await end("b");
    expect(begun).toEqual(["a", "b", "c"]);
    await end("a");
    expect(begun).toEqual(["a", "b", "c", "d"]);
    await end("c");
    await end("d");
    expect(place.state()).toMatchObject({ active: 0, queued: 0 });
    expect(calls.map(({ value }) => value)).toEqual(["a", "b", "c", "d"]);
  });

  it("lets nobody wait when its queue has no place", async () => {
    const { call } = rooms(1, 0);
    call("a");
    const refused = call("b");
    await settle();
    expect(refused.state).toBe("failed");
  });

  it("gives the place of a call that fails to the next", async () => {
    const { policy, place, begun, call } = rooms(1, 1);
    const broken = new Error("broken");
    const failing = policy(() => Promise.reject(broken), never);
    call("next");
    await expect(failing).rejects.toBe(broken);
    await settle();
    expect(begun).toEqual(["next"]);
    expect(place.state()).toMatchObject({ active: 1, queued: 0 });
  });

  it("frees the place of a call that is cancelled, also when its action does not listen", async () => {
    const { place, call } = rooms(1, 1);
    const stop = new AbortController();
    const cancelled = call("a", stop.signal);
    await settle();
    stop.abort();
    await settle();
    expect(cancelled.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(place.state()).toMatchObject({ active: 0 });
  });

  it("takes a cancelled call out of its queue, and no place with it", async () => {
    const { place, events, begun, call, end } = rooms(1, 3);
    const stop = new AbortController();
    call("a");
    const cancelled = call("b", stop.signal);
    call("c");
    await settle();
    stop.abort();
    await settle();
    expect(cancelled.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(place.state()).toMatchObject({ active: 1, queued: 1 });
    await end("a");
    expect(begun).toEqual(["a", "c"]);
    await end("c");
    expect(place.state()).toMatchObject({ active: 0, queued: 0 });
    expect(events).toEqual([]);
  });

  it("has refused a call whose time runs out in its queue: the target was never asked", async () => {
    const { events, call } = rooms(1, 1);
    const late = new AbortController();
    call("a");
    const waiting = call("b", late.signal);
    await settle();
    late.abort(new TimeoutFailure("http:api", "total", 50));
    await settle();
    expect(waiting.error).toMatchObject({ by: "bulkhead" });
    expect(events).toHaveLength(1);
  });

  it("does not begin a call that is cancelled already", async () => {
    const { place, begun, call } = rooms(1, 1);
    const seen = call("a", AbortSignal.abort());
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(begun).toEqual([]);
    expect(place.state()).toMatchObject({ active: 0, queued: 0 });
  });

  it("does not have a call wait that is cancelled already", async () => {
    const { place, call } = rooms(1, 1);
    call("a");
    const seen = call("b", AbortSignal.abort());
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(place.state()).toMatchObject({ active: 1, queued: 0 });
  });

  it("does not care about a cancel after the call has left its queue and ended", async () => {
    const { place, call, end } = rooms(1, 1);
    const stop = new AbortController();
    const listeners = countListeners(stop.signal);
    call("a");
    const waited = call("b", stop.signal);
    await settle();
    await end("a");
    await end("b");
    expect(waited.value).toBe("b");
    expect(listeners.count()).toBe(0);
    stop.abort();
    await settle();
    expect(place.state()).toMatchObject({ active: 0, queued: 0 });
  });
});

describe("a bulkhead whose size is changed", () => {
  it("lets those that wait in when there are more places, with the next call that comes or goes", async () => {
    const { options, begun, call, end, place } = rooms(1, 10);
    for (const id of ["a", "b", "c", "d"]) call(id);
    await settle();
    options.maxConcurrent = 3;
    await end("a");
    expect(begun).toEqual(["a", "b", "c", "d"]);
    options.maxConcurrent = 5;
    for (const id of ["e", "f", "g"]) call(id);
    await settle();
    expect(begun).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(place.state()).toEqual({ maxConcurrent: 5, maxQueued: 10, active: 5, queued: 1 });
  });

  it("lets nobody in while more are under way than there are places now", async () => {
    const { options, begun, call, end, place } = rooms(3, 10);
    for (const id of ["a", "b", "c", "d"]) call(id);
    await settle();
    options.maxConcurrent = 1;
    await end("a");
    await end("b");
    expect(begun).toEqual(["a", "b", "c"]);
    expect(place.state()).toMatchObject({ active: 1, queued: 1 });
    await end("c");
    expect(begun).toEqual(["a", "b", "c", "d"]);
  });

  it("has a call that comes wait behind those that wait already", async () => {
    const { options, begun, call } = rooms(1, 10);
    call("a");
    call("b");
    await settle();
    options.maxConcurrent = 2;
    call("c");
    await settle();
    expect(begun).toEqual(["a", "b"]);
  });
});
