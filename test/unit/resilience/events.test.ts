import { describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../src/main/engine/resilience/clock.ts";
import { EventHub, type ResilienceEvent } from "../../../src/main/engine/resilience/events.ts";
import { type LogLine, logListener } from "../../../src/main/engine/resilience/log-listener.ts";
import { systemRandom } from "../../../src/main/engine/resilience/random.ts";
import { Statistics } from "../../../src/main/engine/resilience/statistics.ts";
import { FakeClock } from "./support.ts";

const event: ResilienceEvent = { type: "timeout", name: "http:api", scope: "attempt", afterMs: 50 };

describe("listeners", () => {
  it("hear every event until they stop", () => {
    const hub = new EventHub();
    const first: unknown[] = [];
    const second: unknown[] = [];
    const stop = hub.on((heard) => first.push(heard));
    hub.on((heard) => second.push(heard));
    hub.emit(event);
    stop();
    hub.emit(event);
    expect(first).toEqual([event]);
    expect(second).toEqual([event, event]);
  });
  it("that throw are warned of, and harm neither the call nor other listeners", () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const hub = new EventHub();
    const heard: unknown[] = [];
    const thrown: unknown[] = [new Error("broken listener"), "a text"];
    hub.on(() => {
      throw thrown.shift();
    });
    hub.on((one) => heard.push(one));
    hub.emit(event);
    hub.emit(event);
    expect(heard).toHaveLength(2);
    expect(warn.mock.calls.map(([warning]) => String(warning))).toEqual(["Error: broken listener", "Error: a text"]);
    warn.mockRestore();
  });
});

describe("the log listener", () => {
  const lines = (...events: ResilienceEvent[]): LogLine[] => {
    const written: LogLine[] = [];
    const listen = logListener((line) => written.push(line), new Statistics(new FakeClock(), 100));
    for (const one of events) listen(one);
    return written;
  };
  const call = { type: "call", name: "file:/a", connector: "file", target: "/a", operation: "read" } as const;

  it("writes a line for a retry: name, attempt, attempts at most, delay and class", () => {
    const retry = {
      name: "file:/a",
      operation: "read",
      attempt: 1,
      maxAttempts: 3,
      delayMs: 50,
      errorClass: "busy",
    } as const;
    expect(lines({ type: "retry", ...retry })).toEqual([{ level: "warn", event: "retry", ...retry }]);
  });

  it.each<[LogLine["level"], ResilienceEvent]>([
    ["error", { type: "gave-up", name: "a", attempt: 3, maxAttempts: 3, errorClass: "busy", why: "attempts" }],
    ["warn", event],
    ["error", { type: "breaker", name: "a", from: "closed", to: "open", why: "failures", openMs: 1 }],
    ["info", { type: "breaker", name: "a", from: "open", to: "half-open", why: "waited", openMs: null }],
    ["info", { type: "control", name: "a", action: "reset", by: "Ada", at: new FakeClock().wall() }],
    ["warn", { type: "refused", name: "a", by: "bulkhead", retryAfterMs: null }],
    ["warn", { type: "fallback", name: "a", errorClass: "busy", goodAt: null }],
    ["info", { type: "fault", name: "a", fault: "hang" }],
    ["warn", { ...call, durationMs: 1, errorClass: "not-found", message: "gone" }],
  ])("writes %s for %j", (level, one) => {
    const { type, ...fields } = one;
    expect(lines(one)).toEqual([{ level, event: type, ...fields }]);
  });

  it("writes nothing for a call that succeeds or is cancelled", () => {
    expect(
      lines(
        { ...call, durationMs: 1, errorClass: null, message: null },
        { ...call, durationMs: 1, errorClass: "cancelled", message: "The call was cancelled." },
      ),
    ).toEqual([]);
  });

  it("counts calls, and only calls", () => {
    const statistics = new Statistics(new FakeClock(), 100);
    const listen = logListener(() => {}, statistics);
    listen({ ...call, durationMs: 1, errorClass: null, message: null });
    listen(event);
    expect(statistics.operations("all")).toMatchObject([{ connector: "file", of: "read", calls: 1 }]);
  });
});

describe("the system's own clock and chance", () => {
  it("goes forward, knows the date, and keeps appointments that were not taken back", async () => {
    const before = systemClock.now();
    const kept: string[] = [];
    const takeBack = systemClock.schedule(1, () => kept.push("taken back"));
    takeBack();
    await new Promise<void>((resolve) => {
      systemClock.schedule(5, resolve);
    });
    expect(kept).toEqual([]);
    expect(systemClock.now()).toBeGreaterThan(before);
    expect(Math.abs(systemClock.wall() - Date.now())).toBeLessThan(60_000);
  });
  it("draws from 0 to 1", () => {
    const drawn = systemRandom();
    expect(drawn >= 0 && drawn < 1).toBe(true);
  });
});
