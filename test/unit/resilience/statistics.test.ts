import { describe, expect, it } from "vitest";
import { CallSeries } from "../../../src/main/engine/resilience/call-series.ts";
import { monotonicMs } from "../../../src/main/engine/resilience/clock.ts";
import { HEALTH } from "../../../src/main/engine/resilience/defaults.ts";
import type { CallEvent } from "../../../src/main/engine/resilience/events.ts";
import { healthOf } from "../../../src/main/engine/resilience/health.ts";
import { Statistics } from "../../../src/main/engine/resilience/statistics.ts";
import { Tally } from "../../../src/main/engine/resilience/tally.ts";
import { FakeClock } from "./support.ts";

const at = monotonicMs;
const MINUTE = 60_000;

describe("a tally", () => {
  it("counts calls, errors by class and durations", () => {
    const tally = new Tally();
    for (const errorClass of [null, null, "timeout", "timeout", "server"] as const) tally.record(10, errorClass);
    const summary = tally.summary();
    expect(summary).toMatchObject({ calls: 5, errors: { timeout: 2, server: 1 }, errorRate: 0.6 });
    expect([summary.p50Ms, summary.p95Ms, summary.p99Ms]).toEqual([10, 10, 10]);
  });
  it("gives three percentiles, each its own", () => {
    const tally = new Tally();
    for (let call = 1; call <= 100; call += 1) tally.record(call, null);
    const { p50Ms, p95Ms, p99Ms } = tally.summary();
    expect(p50Ms).toBeCloseTo(50, -1);
    expect(Math.abs((p95Ms ?? 0) - 95)).toBeLessThan(1);
    expect(Math.abs((p99Ms ?? 0) - 99)).toBeLessThan(1);
  });
  it("counts nothing for a cancel, and no time for a refusal", () => {
    const tally = new Tally();
    tally.record(10, "cancelled");
    tally.record(0, "refused");
    expect(tally.summary()).toEqual({
      calls: 1,
      errors: { refused: 1 },
      errorRate: 1,
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
    });
  });
  it("has no error rate without a call", () => {
    expect(new Tally().summary().errorRate).toBe(0);
  });
  it("adds up, and is the same after being written down", () => {
    const first = new Tally();
    first.record(1, "timeout");
    const second = new Tally();
    second.record(1_000, "timeout");
    second.record(2_000, null);
    first.merge(Tally.of(second.snapshot()));
    expect(first.summary()).toMatchObject({ calls: 3, errors: { timeout: 2 }, errorRate: 2 / 3 });
    expect(Math.abs((first.summary().p99Ms ?? 0) - 2_000)).toBeLessThan(20);
    expect(Tally.of(first.snapshot()).snapshot()).toEqual(first.snapshot());
  });
});

describe("a series of calls", () => {
  it("tells the last five minutes, the last hour and all", () => {
    const series = new CallSeries();
    for (const minute of [0, 30, 56, 59]) series.record(5, null, at(minute * MINUTE));
    const calls = (now: number) =>
      (["5m", "1h", "all"] as const).map((window) => series.over(window, at(now)).summary().calls);
    expect(calls(59 * MINUTE)).toEqual([2, 4, 4]);
    expect(calls(60 * MINUTE - 1)).toEqual([2, 4, 4]);
    expect(calls(60 * MINUTE)).toEqual([2, 3, 4]);
    expect(calls(61 * MINUTE - 1)).toEqual([2, 3, 4]);
    expect(calls(61 * MINUTE)).toEqual([1, 3, 4]);
    expect(calls(1e9)).toEqual([0, 0, 4]);
  });
  it("keeps calls of a quarter of a minute together, and lets go what is older than an hour", () => {
    const series = new CallSeries();
    for (const now of [0, 14_999, 15_000]) series.record(5, null, at(now));
    expect(series.snapshot(at(15_000)).slots.map(({ ageMs, tally }) => [ageMs, tally.calls])).toEqual([
      [15_000, 2],
      [0, 1],
    ]);
    series.record(5, null, at(60 * MINUTE));
    expect(series.snapshot(at(60 * MINUTE)).slots).toHaveLength(2);
    expect(series.isIdle(at(120 * MINUTE - 1))).toBe(false);
    expect(series.isIdle(at(120 * MINUTE))).toBe(true);
  });
  it("adds what was written down, as old as it is now, and goes on counting after it", () => {
    const saved = new CallSeries();
    saved.record(5, null, at(0));
    saved.record(5, "timeout", at(2 * MINUTE));
    const series = new CallSeries();
    series.record(5, null, at(0));
    series.add(saved.snapshot(at(2 * MINUTE)), 4 * MINUTE, at(1_000));
    expect(series.over("5m", at(1_000)).summary()).toMatchObject({ calls: 2, errors: { timeout: 1 } });
    expect(series.over("1h", at(1_000)).summary().calls).toBe(3);
    expect(series.over("all", at(1_000)).summary().calls).toBe(3);
    series.record(5, null, at(2_000));
    expect(series.snapshot(at(2_000)).slots.map(({ ageMs }) => ageMs)).toEqual([
      6 * MINUTE + 1_000,
      4 * MINUTE + 1_000,
      2_000,
    ]);
  });
});

const call = (more: Partial<CallEvent> = {}): CallEvent => ({
  type: "call",
  name: "file:/a",
  connector: "file",
  target: "/a",
  operation: "read",
  durationMs: 10,
  errorClass: null,
  message: null,
  ...more,
});

describe("call statistics", () => {
  it("are kept for each connector and operation, and for each connector and target", () => {
    const statistics = new Statistics(new FakeClock(), 100);
    statistics.record(call());
    statistics.record(call({ target: "C:\\b" }));
    statistics.record(call({ operation: "open", errorClass: "busy" }));
    statistics.record(call({ connector: "git" }));
    statistics.record(call({ connector: "http", errorClass: "cancelled" }));
    const short = (rows: readonly { connector: string; of: string; calls: number; window: string }[]) =>
      rows.map(({ connector, of, calls, window }) => [connector, of, calls, window]);
    expect(short(statistics.operations("5m"))).toEqual([
      ["file", "read", 2, "5m"],
      ["file", "open", 1, "5m"],
      ["git", "read", 1, "5m"],
    ]);
    expect(short(statistics.targets("all"))).toEqual([
      ["file", "/a", 2, "all"],
      ["file", "C:\\b", 1, "all"],
      ["git", "/a", 1, "all"],
    ]);
  });

  it("are exported as JSON lines, each operation over each window", () => {
    const clock = new FakeClock();
    const statistics = new Statistics(clock, 100);
    statistics.record(call({ errorClass: "busy" }));
    clock.jump(10 * MINUTE);
    const lines = statistics.jsonLines();
    expect(lines.endsWith("}\n")).toBe(true);
    const rows = lines
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    const seen = { calls: 1, errors: { busy: 1 }, errorRate: 1, p50Ms: 10, p95Ms: 10, p99Ms: 10 };
    const none = { calls: 0, errors: {}, errorRate: 0, p50Ms: null, p95Ms: null, p99Ms: null };
    expect(rows).toEqual([
      { connector: "file", window: "5m", operation: "read", ...none },
      { connector: "file", window: "1h", operation: "read", ...seen },
      { connector: "file", window: "all", operation: "read", ...seen },
    ]);
    expect(new Statistics(clock, 100).jsonLines()).toBe("");
  });

  it("outlive the process, older by the time between", () => {
    const clock = new FakeClock();
    const first = new Statistics(clock, 100);
    first.record(call({ durationMs: 7 }));
    const saved = JSON.parse(JSON.stringify(first.snapshot())) as unknown[];
    expect(saved).toHaveLength(2);
    clock.setWall(6 * MINUTE);
    const next = new Statistics(clock, 100);
    next.record(call());
    expect(next.restore(saved)).toEqual([]);
    expect(next.operations("5m")).toMatchObject([{ calls: 1 }]);
    expect(next.operations("1h")).toMatchObject([{ calls: 2 }]);
    expect(next.targets("all")).toMatchObject([{ connector: "file", of: "/a", calls: 2 }]);
  });

  it("are not made younger by a wall clock that was set back", () => {
    const clock = new FakeClock();
    const first = new Statistics(clock, 100);
    first.record(call());
    clock.jump(4 * MINUTE);
    const saved = first.snapshot();
    clock.setWall(-86_400_000);
    const next = new Statistics(clock, 100);
    next.restore(saved);
    expect(next.operations("5m")).toMatchObject([{ calls: 1 }]);
    clock.jump(MINUTE);
    expect(next.operations("5m")).toMatchObject([{ calls: 0 }]);
  });

  it("go on without rows that are damaged, and say so for each", () => {
    const clock = new FakeClock();
    const first = new Statistics(clock, 100);
    first.record(call());
    const [good] = first.snapshot();
    const next = new Statistics(clock, 100);
    const damaged = [null, {}, { ...good, version: 2 }, { ...good, series: { all: {}, slots: [] } }];
    const failures = next.restore([...damaged, good]);
    expect(failures).toHaveLength(4);
    expect(failures[0]).toEqual({
      reason: "damaged-state",
      message: "Saved call statistics are damaged and were set aside; counting goes on without them.",
    });
    expect(next.operations("all")).toMatchObject([{ calls: 1 }]);
  });

  it("let targets go that were not called for an hour when there are many, and keep operations", () => {
    const clock = new FakeClock();
    const statistics = new Statistics(clock, 2);
    statistics.record(call({ target: "a", operation: "one" }));
    statistics.record(call({ target: "b", operation: "two" }));
    clock.jump(60 * MINUTE);
    statistics.record(call({ target: "c", operation: "three" }));
    expect(statistics.targets("all").map(({ of }) => of)).toEqual(["c"]);
    expect(statistics.operations("all").map(({ of }) => of)).toEqual(["one", "two", "three"]);
  });
});

describe("health", () => {
  it.each<[string, number, number, number | null, "closed" | "open" | "half-open", string]>([
    ["quick calls that succeed", 100, 0, 20, "closed", "healthy"],
    ["a p95 of 2000 ms", 100, 0, 2_000, "closed", "healthy"],
    ["a p95 above 2000 ms", 100, 0, 2_001, "closed", "degraded"],
    ["a tenth of errors", 100, 0.1, 20, "closed", "healthy"],
    ["more errors than that", 100, 0.101, 20, "closed", "degraded"],
    ["half of errors", 100, 0.5, 20, "closed", "degraded"],
    ["more errors than half", 100, 0.501, 20, "closed", "down"],
    ["more errors than half of five calls", 5, 0.6, 20, "closed", "down"],
    ["more errors than half of four calls", 4, 0.75, 20, "closed", "degraded"],
    ["an open breaker", 100, 0, 20, "open", "down"],
    ["a half-open breaker", 100, 0, 20, "half-open", "healthy"],
    ["refusals alone", 2, 0, null, "closed", "healthy"],
  ])("of %s", (_, calls, errorRate, p95Ms, breaker, expected) => {
    expect(healthOf({ calls, errorRate, p95Ms }, breaker, HEALTH)).toBe(expected);
  });
  it("of what was not called is that of its breaker", () => {
    expect(healthOf(null, "closed", HEALTH)).toBe("healthy");
    expect(healthOf(null, "open", HEALTH)).toBe("down");
  });
  it("goes by its thresholds", () => {
    const summary = { calls: 2, errorRate: 0.05, p95Ms: 50 };
    const options = { degradedP95Ms: 100, degradedErrorRate: 0.2, downErrorRate: 0.3, downMinimumCalls: 1 };
    expect(healthOf(summary, "closed", options)).toBe("healthy");
    expect(healthOf(summary, "closed", { ...options, degradedP95Ms: 49 })).toBe("degraded");
    expect(healthOf(summary, "closed", { ...options, degradedErrorRate: 0.01 })).toBe("degraded");
    expect(healthOf(summary, "closed", { ...options, downErrorRate: 0.01 })).toBe("down");
  });
});
