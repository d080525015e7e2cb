import { describe, expect, it } from "vitest";
import { deadline } from "../../../src/main/engine/resilience/deadline.ts";
import { timeout } from "../../../src/main/engine/resilience/timeout.ts";
import { timeoutMs } from "../../../src/main/engine/resilience/timeout-table.ts";
import { fakeContext, never, watch } from "./support.ts";

describe("the table of timeouts", () => {
  it.each([
    ["open", 5_000],
    ["read", 30_000],
    ["walk", 60_000],
    ["git", 60_000],
    ["http", 15_000],
    ["parse stall", 10_000],
  ])("gives %s %i ms", (name, expected) => {
    expect(timeoutMs(name)).toBe(expected);
  });
  it.each(["knit", "", "constructor", "__proto__", "toString"])("gives the unknown name %j the default", (name) => {
    expect(timeoutMs(name)).toBe(30_000);
    expect(timeoutMs(name, {})).toBe(30_000);
  });
  it.each([
    [49, 50],
    [50, 50],
    [51, 51],
    [0, 50],
    [-1, 50],
    [599_999, 599_999],
    [600_000, 600_000],
    [600_001, 600_000],
    [Infinity, 600_000],
    [-Infinity, 50],
    [Number.NaN, 5_000],
  ])("clamps an override of %d to %d", (override, expected) => {
    expect(timeoutMs("open", { open: override })).toBe(expected);
  });
  it("takes an override of a name that is not in it", () => {
    expect(timeoutMs("knit", { knit: 70 })).toBe(70);
  });
});

describe("a timeout", () => {
  it("ends an attempt, says so and can be tried again", async () => {
    const { context, clock, events } = fakeContext();
    const seen = watch(timeout(5_000, context)(() => new Promise<never>(() => {}), never));
    await clock.advance(4_999);
    expect(seen.state).toBe("waiting");
    await clock.advance(1);
    expect(seen.error).toMatchObject({
      name: "TimeoutFailure",
      scope: "attempt",
      afterMs: 5_000,
      failure: {
        reason: "timeout",
        message: "http:api: no answer within 5 s. Check that it can be reached, or allow it more time in the settings.",
      },
    });
    expect(events).toEqual([{ type: "timeout", name: "http:api", scope: "attempt", afterMs: 5_000 }]);
  });
  it("says nothing of an answer in time", async () => {
    const { context, events } = fakeContext();
    await expect(timeout(5_000, context)(() => Promise.resolve(1), never)).resolves.toBe(1);
    expect(events).toEqual([]);
  });
});

describe("a deadline", () => {
  it("ends a call with all its attempts", async () => {
    const { context, clock, events } = fakeContext();
    const seen = watch(deadline(90_500, context)(() => new Promise<never>(() => {}), never));
    await clock.advance(90_500);
    expect(seen.error).toMatchObject({
      scope: "total",
      afterMs: 90_500,
      failure: {
        reason: "deadline",
        message:
          "http:api: not done within 90.5 s, with all its attempts. Try again later, or allow it more time in the settings.",
      },
    });
    expect(events).toEqual([{ type: "timeout", name: "http:api", scope: "total", afterMs: 90_500 }]);
  });
  it("says nothing of an answer in time", async () => {
    const { context, events } = fakeContext();
    await expect(deadline(5_000, context)(() => Promise.resolve(1), never)).resolves.toBe(1);
    expect(events).toEqual([]);
  });
});

describe("a machine that sleeps while a call is under way", () => {
  it("gives the call all of its time again, as often as it sleeps", async () => {
    const { context, clock, events } = fakeContext();
    const seen = watch(deadline(100_000, context)(() => new Promise<never>(() => {}), never));
    for (let night = 0; night < 2; night += 1) {
      clock.jump(8 * 3_600_000);
      await clock.advance(0);
      expect(seen.state).toBe("waiting");
    }
    await clock.advance(99_999);
    expect([seen.state, events]).toEqual(["waiting", []]);
    await clock.advance(1);
    expect(seen.error).toMatchObject({ failure: { reason: "deadline" } });
    expect(clock.pending).toBe(0);
  });

  it("takes a timer that is a minute late for a busy one, not for sleep", async () => {
    const { context, clock } = fakeContext();
    const seen = watch(deadline(100_000, context)(() => new Promise<never>(() => {}), never));
    clock.jump(160_000);
    await clock.advance(0);
    expect(seen.error).toMatchObject({ failure: { reason: "deadline" } });
  });

  it("leaves no timer behind when the call is answered after that", async () => {
    const { context, clock } = fakeContext();
    const answer = Promise.withResolvers<number>();
    const seen = watch(deadline(100_000, context)(() => answer.promise, never));
    clock.jump(8 * 3_600_000);
    await clock.advance(0);
    answer.resolve(1);
    await clock.advance(0);
    expect([seen.value, clock.pending]).toEqual([1, 0]);
  });

  it("ends the attempt that was under way: its question may be lost", async () => {
    const { context, clock } = fakeContext();
    const seen = watch(timeout(30_000, context)(() => new Promise<never>(() => {}), never));
    clock.jump(8 * 3_600_000);
    await clock.advance(0);
    expect(seen.error).toMatchObject({ failure: { reason: "timeout" } });
  });
});
