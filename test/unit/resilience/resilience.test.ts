import { describe, expect, it, vi } from "vitest";
import type { RunCall } from "../../../src/shared/run.ts";
import type { ResilienceEvent } from "../../../src/main/engine/resilience/events.ts";
import type { LogLine } from "../../../src/main/engine/resilience/log-listener.ts";
import { Resilience, type ResilienceOptions } from "../../../src/main/engine/resilience/resilience.ts";
import { runDirectly, runThrough } from "../../../src/main/engine/resilience/run.ts";
import type { ResilienceSettings } from "../../../src/main/engine/resilience/settings.ts";
import { micros } from "../../../src/shared/units.ts";
import { FakeClock, codeError, middle, never, settle, watch } from "./support.ts";

const READ: RunCall = { connector: "file", target: "/mnt/a.log", operation: "read" };
const GIT: RunCall = { connector: "git", target: "/repository", operation: "git" };
const HTTP: RunCall = { connector: "prometheus", target: "https://host:9090", operation: "http" };

function aLayer(options: ResilienceOptions = {}) {
  const clock = new FakeClock();
  const lines: LogLine[] = [];
  const resilience = new Resilience({ clock, random: middle, log: (line) => lines.push(line), ...options });
  const events: ResilienceEvent[] = [];
  resilience.events.on((event) => events.push(event));
  const fail = async (call: RunCall, times: number, code = "EIO"): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      watch(resilience.execute(call, () => Promise.reject(codeError(code)), never));
      await clock.advance(60_000 / 10);
    }
  };
  return { resilience, run: runThrough(resilience), clock, lines, events, fail };
}

describe("a call through the layer", () => {
  it("gives its answer, and is counted once", async () => {
    const { resilience, run, events } = aLayer();
    await expect(run(READ, () => Promise.resolve("bytes"), never)).resolves.toBe("bytes");
    expect(events).toEqual([
      { type: "call", name: "file:/mnt/a.log", ...READ, durationMs: 0, errorClass: null, message: null },
    ]);
    expect(resilience.statistics.operations("5m")).toMatchObject([{ connector: "file", of: "read", calls: 1 }]);
  });

  it("is tried again on a flaky mount, and its log says so", async () => {
    const { run, clock, lines } = aLayer();
    const action = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(codeError("ESTALE"))
      .mockRejectedValueOnce(codeError("EBUSY"))
      .mockResolvedValue("bytes");
    const seen = watch(run(READ, action, never));
    await clock.advance(150);
    expect(seen.value).toBe("bytes");
    const line = { level: "warn", event: "retry", name: "file:/mnt/a.log", operation: "read", maxAttempts: 3 };
    expect(lines).toEqual([
      { ...line, attempt: 1, delayMs: 50, errorClass: "input-output" },
      { ...line, attempt: 2, delayMs: 100, errorClass: "busy" },
    ]);
  });

  it("counts as one call with the time of all its attempts, and its last error in words", async () => {
    const { resilience, clock, events } = aLayer();
    watch(resilience.execute(READ, () => Promise.reject(codeError("EIO")), never));
    await clock.advance(5_000);
    expect(events.at(-1)).toEqual({
      type: "call",
      name: "file:/mnt/a.log",
      ...READ,
      durationMs: 150,
      errorClass: "input-output",
      message: "EIO: it went wrong",
    });
    expect(resilience.statistics.operations("5m")).toMatchObject([{ calls: 1, errorRate: 1 }]);
  });

  it("is not tried again where a step cannot be repeated", async () => {
    const { run } = aLayer();
    const action = vi.fn<() => Promise<string>>().mockRejectedValue(codeError("EIO"));
    await expect(run(GIT, action, never)).rejects.toThrow("EIO");
    expect(action).toHaveBeenCalledTimes(1);
  });

  it("is not tried again when the file is not there, however often that is asked", async () => {
    const { resilience, fail } = aLayer();
    await fail(READ, 20, "ENOENT");
    expect(resilience.breakers.overall()).toBe("healthy");
    expect(resilience.status()).toMatchObject([{ breaker: { state: "closed" }, calls: { calls: 20, errorRate: 1 } }]);
  });

  it("has the time that its operation has, and counts as failed after it", async () => {
    const { run, clock, lines } = aLayer({ settings: { timeoutsMs: { git: 1_000 } } });
    const seen = watch(run(GIT, () => new Promise<never>(() => {}), never));
    await clock.advance(999);
    expect(seen.state).toBe("waiting");
    await clock.advance(1);
    expect(seen.error).toMatchObject({ failure: { reason: "timeout" } });
    expect(lines.map(({ event }) => event)).toEqual(["timeout", "gave-up", "call"]);
  });

  it("ends with its deadline", async () => {
    const { run, clock } = aLayer({ settings: { deadlineMs: 70 } });
    const seen = watch(run(READ, () => Promise.reject(codeError("EIO")), never));
    await clock.advance(70);
    expect(seen.error).toMatchObject({ failure: { reason: "deadline" } });
    expect(clock.pending).toBe(0);
  });

  it("is cancelled at once and leaves no trace", async () => {
    const { resilience, run, clock, lines } = aLayer();
    const stop = new AbortController();
    const seen = watch(run(READ, () => new Promise<never>(() => {}), stop.signal));
    await settle();
    stop.abort();
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
    expect(resilience.statistics.operations("all")).toEqual([]);
    expect(resilience.status()).toMatchObject([{ breaker: { calls: 0, inFlight: 0 }, bulkhead: { active: 0 } }]);
    expect(clock.pending).toBe(0);
    expect(lines).toEqual([]);
  });

  it("may name a fallback, whose answer is marked stale with when it was good; the call itself counts as failed", async () => {
    const { resilience, run, lines } = aLayer();
    resilience.breakers.get(HTTP).holdOpen("Ada");
    const goodAt = micros(Date.UTC(2026, 2, 1, 12) * 1_000);
    const older = () => Promise.resolve({ value: "old", goodAt });
    const answer = await resilience.execute(HTTP, () => Promise.resolve("new"), never, older);
    expect(answer).toMatchObject({ value: "old", stale: { goodAt, errorClass: "refused" } });
    expect(await run(HTTP, () => Promise.resolve("new"), never, older)).toBe("old");
    expect(resilience.statistics.operations("all")).toMatchObject([{ calls: 2, errors: { refused: 2 } }]);
    expect(lines.filter(({ event }) => event === "fallback")).toMatchObject([{ goodAt }, { goodAt }]);
  });

  it("tells events with the operation that they belong to", async () => {
    const { events, fail } = aLayer();
    await fail(READ, 1);
    expect(events.map(({ type, operation }) => [type, operation])).toEqual([
      ["retry", "read"],
      ["retry", "read"],
      ["gave-up", "read"],
      ["call", "read"],
    ]);
  });

  it("plays faults where the call would be", async () => {
    const faults = (name: string, call: number) =>
      name === "git:/repository" && call === 2 ? ({ type: "error", error: codeError("EIO") } as const) : null;
    const { run } = aLayer({ faults });
    const action = vi.fn<() => Promise<number>>().mockResolvedValue(1);
    await expect(run(GIT, action, never)).resolves.toBe(1);
    await expect(run(READ, action, never)).resolves.toBe(1);
    await expect(run(GIT, action, never)).rejects.toThrow("EIO");
    await expect(run(GIT, action, never)).resolves.toBe(1);
    expect(action).toHaveBeenCalledTimes(3);
  });
});

describe("what calls share", () => {
  it("is a breaker for each connector and target", async () => {
    const { resilience, run, fail } = aLayer();
    await fail(READ, 2);
    expect(resilience.breakers.find("file:/mnt/a.log")?.status().state).toBe("open");
    await expect(run(READ, () => Promise.resolve(1), never)).rejects.toMatchObject({ by: "circuit-breaker" });
    await expect(run({ ...READ, target: "/mnt/b.log" }, () => Promise.resolve(1), never)).resolves.toBe(1);
    await expect(run({ ...READ, connector: "gzip" }, () => Promise.resolve(1), never)).resolves.toBe(1);
  });

  it("opens by the settings", async () => {
    const { resilience, fail } = aLayer({ settings: { breaker: { failuresToOpen: 3 } } });
    await fail(READ, 1);
    expect(resilience.breakers.overall()).toBe("critical");
  });

  it("is a bulkhead for each connector, whatever the target", async () => {
    const limits = { connectors: { git: { bulkhead: { maxConcurrent: 1, maxQueued: 0 } } } };
    const { resilience, run } = aLayer({ settings: limits });
    watch(run(GIT, () => new Promise<never>(() => {}), never));
    await settle();
    const other = { ...GIT, target: "/another" };
    await expect(run(other, () => Promise.resolve(1), never)).rejects.toMatchObject({ by: "bulkhead" });
    await expect(run(READ, () => Promise.resolve(1), never)).resolves.toBe(1);
    expect(resilience.status()[0]).toMatchObject({ bulkhead: { active: 1, maxConcurrent: 1 } });
  });

  it("is a rate limit for each target of a connector that has one", async () => {
    const rateLimit = { perSecond: 1, burst: 1, maxWaitMs: 0 };
    const { resilience, run } = aLayer({ settings: { connectors: { prometheus: { rateLimit } } } });
    await expect(run(HTTP, () => Promise.resolve(1), never)).resolves.toBe(1);
    await expect(run(HTTP, () => Promise.resolve(1), never)).rejects.toMatchObject({ by: "rate-limit" });
    await expect(run({ ...HTTP, target: "other" }, () => Promise.resolve(1), never)).resolves.toBe(1);
    for (let call = 0; call < 10; call += 1) await run(READ, () => Promise.resolve(1), never);
    expect(resilience.status().map(({ breaker, rateLimit: state }) => [breaker.target, state?.tokens ?? null])).toEqual(
      [
        ["https://host:9090", 0],
        ["other", 0],
        ["/mnt/a.log", null],
      ],
    );
  });

  it("is a retry budget for each connector, whatever the target", async () => {
    const { clock, events, run } = aLayer({ settings: { breaker: { failuresToOpen: 1_000, failureRatio: 2 } } });
    const calls = (connector: string) =>
      Array.from({ length: 20 }, (_, index) =>
        watch(run({ connector, target: `${index}`, operation: "read" }, () => Promise.reject(codeError("EIO")), never)),
      );
    calls("file");
    await clock.advance(30_000);
    expect(events.filter(({ type }) => type === "retry")).toHaveLength(10);
    calls("gzip");
    await clock.advance(30_000);
    expect(events.filter(({ type }) => type === "retry")).toHaveLength(20);
  });
});

describe("the status of the layer", () => {
  it("is empty before any call", () => {
    expect(aLayer().resilience.status()).toEqual([]);
  });

  it("shows each connector and target with its calls, limits and health", async () => {
    const { resilience, run, clock, fail } = aLayer({ settings: { health: { downMinimumCalls: 1_000 } } });
    await run(GIT, () => Promise.resolve(1), never);
    await fail(READ, 1);
    expect(resilience.status()).toMatchObject([
      { breaker: { name: "git:/repository" }, health: "healthy", calls: { calls: 1, p95Ms: 0.001 }, rateLimit: null },
      { breaker: { name: "file:/mnt/a.log", failures: 3 }, health: "degraded", calls: { calls: 1, errorRate: 1 } },
    ]);
    await fail(READ, 1);
    expect(resilience.status()[1]).toMatchObject({ breaker: { state: "open" }, health: "down" });
    clock.jump(3_600_000);
    expect(resilience.status()[0]).toMatchObject({ health: "healthy", calls: { calls: 0 } });
  });

  it("has no calls to show of a breaker that was only restored", () => {
    const first = aLayer().resilience;
    first.breakers.get(HTTP).holdOpen("Ada");
    const next = aLayer().resilience;
    next.breakers.restore(first.breakers.snapshot());
    expect(next.status()).toMatchObject([{ calls: null, health: "down", rateLimit: null }]);
  });
});

describe("targets beyond the capacity", () => {
  it("are forgotten when they hold nothing: breakers, series and rate limits", async () => {
    const rateLimit = { perSecond: 0.000_1, burst: 1, maxWaitMs: 0 };
    const settings = { connectors: { prometheus: { rateLimit } } };
    const { resilience, run, clock } = aLayer({ capacity: 2, settings });
    await run(HTTP, () => Promise.resolve(1), never);
    await run(READ, () => Promise.resolve(1), never);
    clock.jump(3_600_000);
    await run(GIT, () => Promise.resolve(1), never);
    expect(resilience.breakers.statuses().map(({ name }) => name)).toEqual(["git:/repository"]);
    expect(resilience.statistics.targets("all").map(({ of }) => of)).toEqual(["/repository"]);
    // Its token is not back yet, so its bucket was kept.
    await expect(run(HTTP, () => Promise.resolve(1), never)).rejects.toMatchObject({ by: "rate-limit" });
  });
  it("take a full bucket for one that holds nothing", async () => {
    const rateLimit = { perSecond: 1, burst: 1, maxWaitMs: 0 };
    const other = { ...HTTP, target: "https://other:9090" };
    const { resilience, run, clock } = aLayer({ capacity: 1, settings: { connectors: { prometheus: { rateLimit } } } });
    await run(HTTP, () => Promise.resolve(1), never);
    clock.jump(1_000);
    await run(other, () => Promise.resolve(1), never);
    expect(resilience.status().map(({ breaker, rateLimit: state }) => [breaker.target, state?.tokens ?? null])).toEqual(
      [
        [HTTP.target, null],
        [other.target, 0],
      ],
    );
  });
});

describe("a layer of the system's own clock", () => {
  it("calls", async () => {
    const run = runThrough(new Resilience());
    await expect(run(READ, () => Promise.resolve(1), never)).resolves.toBe(1);
    await expect(run(READ, () => Promise.reject(codeError("ENOENT")), never)).rejects.toThrow("ENOENT");
  });
});

describe("running directly", () => {
  it("calls once, and ends with its signal", async () => {
    await expect(runDirectly(READ, () => Promise.resolve(1), never)).resolves.toBe(1);
    await expect(runDirectly(READ, () => Promise.reject(codeError("EBUSY")), never)).rejects.toThrow("EBUSY");
    const stop = new AbortController();
    const seen = watch(runDirectly(READ, () => new Promise<never>(() => {}), stop.signal));
    stop.abort();
    await settle();
    expect(seen.error).toMatchObject({ failure: { reason: "cancelled" } });
  });
});

describe("settings that change while the layer runs", () => {
  it("count for the very next call: breaker, bulkhead and rate limit", async () => {
    const settings: { -readonly [K in keyof ResilienceSettings]: ResilienceSettings[K] } = {};
    const { run, resilience } = aLayer({ settings });
    const succeed = () => run(HTTP, () => Promise.resolve(1), never);
    await succeed();
    expect(resilience.status()).toMatchObject([{ rateLimit: null, bulkhead: { maxConcurrent: 16 } }]);
    settings.connectors = {
      [HTTP.connector]: {
        bulkhead: { maxConcurrent: 2, maxQueued: 0 },
        rateLimit: { perSecond: 1, burst: 1, maxWaitMs: 0 },
      },
    };
    expect(resilience.status()).toMatchObject([{ rateLimit: null, bulkhead: { maxConcurrent: 2 } }]);
    await succeed();
    expect(resilience.status()).toMatchObject([{ rateLimit: { perSecond: 1, tokens: 0 } }]);
    await expect(succeed()).rejects.toMatchObject({ by: "rate-limit" });
    settings.connectors = { [HTTP.connector]: {} };
    settings.breaker = { failuresToOpen: 1 };
    expect(resilience.status()).toMatchObject([{ rateLimit: null }]);
    await expect(run(HTTP, () => Promise.reject(codeError("ECONNREFUSED")), never)).rejects.toThrow("ECONNREFUSED");
    await expect(succeed()).rejects.toMatchObject({ by: "circuit-breaker" });
  });
});
