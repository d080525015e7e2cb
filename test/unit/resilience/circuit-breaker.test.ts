import { describe, expect, it } from "vitest";
import type { CircuitBreaker } from "../../../src/main/engine/resilience/circuit-breaker.ts";
import { BREAKER } from "../../../src/main/engine/resilience/defaults.ts";
import { seededRandom } from "../../../src/main/engine/resilience/random.ts";
import { aBreaker, broken, identity } from "./breaker-support.ts";
import { chances, codeError } from "./support.ts";

describe("a closed breaker", () => {
  it("stays closed on four failures and opens on the fifth", () => {
    const { fail, state } = aBreaker();
    fail(4);
    expect(state()).toBe("closed");
    fail();
    expect(state()).toBe("open");
  });

  it("counts failures with successes between them", () => {
    const { fail, succeed, state } = aBreaker();
    for (let round = 0; round < 5; round += 1) {
      succeed();
      fail();
    }
    expect(state()).toBe("open");
  });

  it("does not count failures that are hours apart", () => {
    const { clock, fail, state } = aBreaker();
    for (let round = 0; round < 10; round += 1) {
      fail();
      clock.jump(6 * 3_600_000);
    }
    expect(state()).toBe("closed");
  });

  it("opens on five failures within 60 s, whenever they began", () => {
    const { clock, fail, state } = aBreaker();
    clock.jump(59_000);
    fail();
    clock.jump(59_999);
    fail(4);
    expect(state()).toBe("open");
  });

  it("does not open when the first of five failures is 60 s old", () => {
    const { clock, fail, state } = aBreaker();
    fail();
    clock.jump(60_000);
    fail(4);
    expect(state()).toBe("closed");
  });

  it("opens on a share of failures, once there are enough calls to tell", () => {
    const { fail, succeed, state, changes } = aBreaker({ failuresToOpen: 100, minimumCalls: 10, failureRatio: 0.5 });
    fail(5);
    succeed(4);
    expect(state()).toBe("closed");
    succeed();
    expect(changes()).toEqual(["closed → open: failure-ratio"]);
  });

  it("stays closed below that share", () => {
    const { fail, succeed, state } = aBreaker({ failuresToOpen: 100, minimumCalls: 10, failureRatio: 0.5 });
    succeed(6);
    fail(5);
    expect(state()).toBe("closed");
    fail();
    expect(state()).toBe("open");
  });

  it("opens on a share of slow calls, once there are enough calls to tell", () => {
    const { permit, changes, state } = aBreaker({ minimumCalls: 5, slowCallMs: 1_000, slowRatio: 0.8 });
    for (const durationMs of [999, 1_000, 5_000, 1_000]) permit().succeed(durationMs);
    expect(state()).toBe("closed");
    permit().succeed(1_000);
    expect(changes()).toEqual(["closed → open: slow-calls"]);
  });

  it("counts a slow failure among the slow calls", () => {
    const { permit, changes } = aBreaker({ minimumCalls: 5, failureRatio: 1, slowCallMs: 1_000, slowRatio: 0.8 });
    permit().fail(1_000, broken);
    for (const durationMs of [1_000, 1_000, 1_000, 1]) permit().succeed(durationMs);
    expect(changes()).toEqual(["closed → open: slow-calls"]);
  });

  it("stays closed when fewer calls are slow", () => {
    const { permit, state } = aBreaker({ minimumCalls: 5, slowCallMs: 1_000, slowRatio: 0.8 });
    for (const durationMs of [1, 1, 1_000, 1_000, 1_000]) permit().succeed(durationMs);
    expect(state()).toBe("closed");
  });

  it("counts nothing for a call that is released", () => {
    const { breaker, permit } = aBreaker();
    for (let call = 0; call < 10; call += 1) permit().release();
    expect(breaker.status()).toMatchObject({ state: "closed", calls: 0, failures: 0, inFlight: 0 });
  });

  it("counts a call once, by its first report", () => {
    const { breaker, permit } = aBreaker();
    const reported = permit();
    reported.succeed(1);
    reported.fail(1, broken);
    reported.release();
    expect(breaker.status()).toMatchObject({ calls: 1, failures: 0, inFlight: 0 });
  });

  it("tells what it counted, and what failed last", () => {
    const { breaker, clock, fail, succeed, permit } = aBreaker();
    succeed(2);
    fail();
    permit();
    permit().succeed(10_000);
    expect(breaker.status()).toEqual({
      name: "http:api",
      ...identity,
      state: "closed",
      mode: "automatic",
      health: 100,
      remainingOpenMs: null,
      calls: 4,
      failures: 1,
      slowCalls: 1,
      reopenings: 0,
      inFlight: 1,
      lastFailure: { errorClass: "input-output", message: broken.message, at: clock.wall() },
      controls: [],
    });
  });
});

describe("an open breaker", () => {
  it("refuses for 30 s and says how long still", () => {
    const { breaker, clock, fail, refusal, state } = aBreaker();
    fail(5);
    expect(refusal()).toBe(30_000);
    clock.jump(10_000.5);
    expect(refusal()).toBe(20_000);
    expect(breaker.status()).toMatchObject({ health: 0, remainingOpenMs: 19_999.5 });
    clock.jump(19_999);
    expect(state()).toBe("open");
    clock.jump(0.5);
    expect(state()).toBe("half-open");
  });

  it("does not heed the wall clock, set a day back or forward", () => {
    const { clock, fail, refusal, state } = aBreaker();
    fail(5);
    clock.setWall(-86_400_000);
    expect(refusal()).toBe(30_000);
    clock.setWall(2 * 86_400_000);
    expect(refusal()).toBe(30_000);
    clock.jump(30_000);
    expect(state()).toBe("half-open");
  });

  it("ignores results of calls that began before it opened", () => {
    const { breaker, fail, permit } = aBreaker();
    const late = [permit(), permit(), permit()];
    fail(5);
    late[0]?.succeed(1);
    late[1]?.fail(1, codeError("ECONNRESET"));
    late[2]?.release();
    expect(breaker.status()).toMatchObject({ state: "open", failures: 5, calls: 5, inFlight: 0 });
    expect(breaker.status().lastFailure?.errorClass).toBe("input-output");
  });

  it("waits twice as long each time it reopens, up to 5 min", () => {
    const { breaker, clock, halfOpen, permit } = aBreaker();
    halfOpen();
    const waits: (number | null)[] = [];
    for (let reopening = 0; reopening < 6; reopening += 1) {
      permit().fail(1, broken);
      const { remainingOpenMs } = breaker.status();
      waits.push(remainingOpenMs);
      clock.jump(remainingOpenMs ?? 0);
    }
    expect(waits).toEqual([60_000, 120_000, 240_000, 300_000, 300_000, 300_000]);
    expect(breaker.status().reopenings).toBe(6);
  });

  it("varies the wait of a reopening by its jitter, but not the first wait, and never past the cap", () => {
    const { breaker, clock, halfOpen, permit } = aBreaker({}, chances(0, 1, 1, 1));
    halfOpen();
    const waits: number[] = [];
    for (let reopening = 0; reopening < 4; reopening += 1) {
      permit().fail(1, broken);
      const { remainingOpenMs } = breaker.status();
      waits.push(remainingOpenMs ?? 0);
      clock.jump(remainingOpenMs ?? 0);
    }
    expect(waits).toEqual([48_000, 144_000, 288_000, 300_000]);
  });

  it("waits 30 s again when it had closed in between", () => {
    const { breaker, fail, halfOpen, permit } = aBreaker();
    halfOpen();
    permit().fail(1, broken);
    breaker.reset("test");
    fail(5);
    expect(breaker.status()).toMatchObject({ remainingOpenMs: 30_000, reopenings: 0 });
  });
});

describe("a half-open breaker", () => {
  it("always admits the first caller", () => {
    const { halfOpen, breaker } = aBreaker({}, chances());
    halfOpen();
    expect(breaker.admit().admitted).toBe(true);
  });

  it("refuses surplus callers at once, and says when to try again", () => {
    const { halfOpen, permit, refusal } = aBreaker({}, chances(0.2, 0.999));
    halfOpen();
    permit();
    expect(refusal()).toBe(1_000);
    expect(refusal()).toBe(1_000);
  });

  it("admits about a fifth of further callers", () => {
    const { halfOpen, breaker, permit } = aBreaker({}, seededRandom(7));
    halfOpen();
    permit();
    let admitted = 0;
    for (let caller = 0; caller < 10_000; caller += 1) if (breaker.admit().admitted) admitted += 1;
    expect(admitted).toBeGreaterThan(1_850);
    expect(admitted).toBeLessThan(2_150);
  });

  it("closes after two successful probes, and forgets what was before", () => {
    const { breaker, halfOpen, permit, changes } = aBreaker({}, chances(0.19));
    halfOpen();
    const first = permit();
    const second = permit();
    first.succeed(1);
    expect(breaker.status()).toMatchObject({ state: "half-open", health: 50 });
    second.succeed(1);
    expect(breaker.status()).toMatchObject({ state: "closed", failures: 0, calls: 0, reopenings: 0 });
    expect(changes()).toEqual(["closed → open: failures", "open → half-open: waited", "half-open → closed: probe"]);
  });

  it("asks chance again for the second of two probes that follow each other", () => {
    const { breaker, halfOpen, permit } = aBreaker({}, chances(0.5, 0.1));
    halfOpen();
    permit().succeed(1);
    expect(breaker.admit().admitted).toBe(false);
    permit().succeed(1);
    expect(breaker.status().state).toBe("closed");
  });

  it("reopens on one failure, also after a success", () => {
    const { halfOpen, permit, changes } = aBreaker({}, chances(0.1, 0.5));
    halfOpen();
    const first = permit();
    const second = permit();
    first.succeed(1);
    second.fail(1, broken);
    expect(changes().at(-1)).toBe("half-open → open: probe");
  });

  it("ignores a probe that reports after the breaker has moved on", () => {
    const { breaker, clock, halfOpen, permit } = aBreaker({}, chances(0.1, 0.5, 0.1));
    halfOpen();
    const first = permit();
    const second = permit();
    first.fail(1, broken);
    clock.jump(60_000);
    expect(breaker.status().state).toBe("half-open");
    second.fail(1, broken);
    expect(breaker.status()).toMatchObject({ state: "half-open", reopenings: 1 });
  });

  it("admits the next caller as the first when the first one is cancelled", () => {
    const { halfOpen, permit, refusal } = aBreaker({}, chances(0.9));
    halfOpen();
    permit().release();
    permit();
    expect(refusal()).toBe(1_000);
  });

  it("reopens when the lease of a probe ends that never reports", () => {
    const { breaker, clock, halfOpen, permit, changes } = aBreaker();
    halfOpen();
    permit();
    clock.jump(119_999);
    expect(breaker.status().state).toBe("half-open");
    clock.jump(1);
    expect(breaker.status()).toMatchObject({ state: "open", remainingOpenMs: 60_000, reopenings: 1 });
    expect(changes().at(-1)).toBe("half-open → open: lease");
  });

  it("goes by the first lease that ends, and by the lease that the call was given", () => {
    const { breaker, clock, halfOpen, permit } = aBreaker({}, chances(0.1, 0.5));
    halfOpen();
    permit(500);
    permit(200);
    clock.jump(200);
    expect(breaker.status().state).toBe("open");
  });

  it("has reopened and waited by itself when nobody looked for long", () => {
    const { breaker, clock, halfOpen, permit, changes } = aBreaker();
    halfOpen();
    permit();
    clock.jump(120_000 + 60_000);
    expect(breaker.status()).toMatchObject({ state: "half-open", reopenings: 1 });
    expect(changes().slice(-2)).toEqual(["half-open → open: lease", "open → half-open: waited"]);
  });

  it("does not hold a released probe to its lease", () => {
    const { breaker, clock, halfOpen, permit } = aBreaker();
    halfOpen();
    permit().release();
    clock.jump(200_000);
    expect(breaker.status()).toMatchObject({ state: "half-open", inFlight: 0 });
  });

  it("does not count a slow probe against itself", () => {
    const { breaker, halfOpen, permit } = aBreaker({ minimumCalls: 5, slowRatio: 0.1 }, chances(0.1));
    halfOpen();
    permit().succeed(60_000);
    permit().succeed(60_000);
    expect(breaker.status().state).toBe("closed");
  });
});

describe("a person", () => {
  it("closes a breaker by resetting it, failures and doublings forgotten", () => {
    const { breaker, halfOpen, permit, fail } = aBreaker();
    halfOpen();
    permit().fail(1, broken);
    breaker.reset("Ada");
    expect(breaker.status()).toMatchObject({ state: "closed", calls: 0, reopenings: 0 });
    fail(4);
    expect(breaker.status().state).toBe("closed");
  });

  it("empties the window of a closed breaker by resetting it, and calls from before count no more", () => {
    const { breaker, fail, permit } = aBreaker();
    fail(4);
    const late = permit();
    breaker.reset("Ada");
    late.fail(1, broken);
    fail(4);
    expect(breaker.status()).toMatchObject({ state: "closed", failures: 4 });
  });

  it("holds a breaker open until it is reset, however long that takes", () => {
    const { breaker, clock, refusal } = aBreaker();
    breaker.holdOpen("Ada");
    clock.jump(86_400_000);
    expect(refusal()).toBeNull();
    expect(breaker.status()).toMatchObject({ state: "open", mode: "held-open", health: 0, remainingOpenMs: null });
    breaker.reset("Ada");
    expect(breaker.status()).toMatchObject({ state: "closed", mode: "automatic" });
  });

  it("disables a breaker: everything passes, nothing counts", () => {
    const { breaker, fail, permit, halfOpen } = aBreaker();
    halfOpen();
    const probe = permit();
    breaker.disable("Ada");
    probe.fail(1, broken);
    fail(20);
    expect(breaker.status()).toMatchObject({ state: "closed", mode: "disabled", health: 100, calls: 0, inFlight: 0 });
  });

  it("ends the wait of an open breaker", () => {
    const { breaker, fail, changes } = aBreaker();
    fail(5);
    expect(breaker.retryNow("Ada")).toBe(true);
    expect(breaker.status()).toMatchObject({ state: "half-open", mode: "automatic" });
    expect(changes().at(-1)).toBe("open → half-open: control");
  });

  it("ends no wait where there is none", () => {
    const { breaker, halfOpen } = aBreaker();
    expect(breaker.retryNow("Ada")).toBe(false);
    breaker.holdOpen("Ada");
    expect(breaker.retryNow("Bob")).toBe(false);
    breaker.reset("Ada");
    halfOpen();
    expect(breaker.retryNow("Bob")).toBe(false);
    expect(breaker.status().controls.map(({ by }) => by)).toEqual(["Ada", "Ada"]);
  });

  it("is recorded with who and when, and told to listeners", () => {
    const { breaker, clock, events, fail } = aBreaker();
    const began = clock.wall();
    breaker.holdOpen("Ada");
    clock.jump(1_000);
    breaker.disable("Bob");
    clock.jump(1_000);
    breaker.reset("Cy");
    fail(5);
    breaker.retryNow("Di");
    const expected = [
      { action: "hold-open", by: "Ada", at: began },
      { action: "disable", by: "Bob", at: began + 1_000 },
      { action: "reset", by: "Cy", at: began + 2_000 },
      { action: "retry-now", by: "Di", at: began + 2_000 },
    ];
    expect(breaker.status().controls).toEqual(expected);
    const told = events.filter(({ type }) => type === "control");
    expect(told).toMatchObject(expected);
    expect(told[0]).toEqual({ type: "control", name: "http:api", action: "hold-open", by: "Ada", at: began });
  });

  it("is remembered for the last twenty decisions", () => {
    const { breaker } = aBreaker();
    for (let time = 0; time < 25; time += 1) breaker.reset(`person ${time}`);
    expect(breaker.status().controls).toHaveLength(20);
    expect(breaker.status().controls[0]?.by).toBe("person 5");
  });
});

describe("what a breaker tells its listeners", () => {
  it("says how long it stays open", () => {
    const { events, fail } = aBreaker();
    fail(5);
    expect(events).toEqual([
      { type: "breaker", name: "http:api", from: "closed", to: "open", why: "failures", openMs: 30_000 },
    ]);
  });
  it("knows no time for one that is not open", () => {
    const { breaker, events, halfOpen } = aBreaker();
    halfOpen();
    breaker.reset("Ada");
    const waits = events.flatMap((event) => (event.type === "breaker" ? [event.openMs] : []));
    expect(waits).toEqual([30_000, null, null]);
  });
  it("says the whole wait, also of a lease that ended long ago", () => {
    const { breaker, clock, events, halfOpen, permit } = aBreaker();
    halfOpen();
    permit();
    clock.jump(150_000);
    breaker.status();
    expect(events.at(-1)).toMatchObject({ why: "lease", openMs: 60_000 });
  });
  it("knows no time for one that a person holds, and is told once", () => {
    const { breaker, events } = aBreaker();
    breaker.holdOpen("Ada");
    breaker.holdOpen("Ada");
    const changes = events.filter(({ type }) => type === "breaker");
    expect(changes).toEqual([
      { type: "breaker", name: "http:api", from: "closed", to: "open", why: "control", openMs: null },
    ]);
  });
});

describe("a breaker that is restored", () => {
  const restart = (from: ReturnType<typeof aBreaker>, options = {}) => {
    const saved: unknown = JSON.parse(JSON.stringify(from.breaker.snapshot()));
    const next = aBreaker(options, undefined, from.clock);
    return { ...next, result: next.breaker.restore(saved) };
  };

  it("goes on waiting for what was left, less the time between", () => {
    const first = aBreaker();
    first.fail(5);
    first.clock.jump(10_000);
    const saved = first.breaker.snapshot();
    first.clock.jump(5_000);
    const next = aBreaker({}, undefined, first.clock);
    expect(next.breaker.restore(saved)).toEqual({ ok: true, value: undefined });
    expect(next.breaker.status()).toMatchObject({ state: "open", remainingOpenMs: 15_000 });
    expect(next.breaker.status().lastFailure).toEqual(saved.lastFailure);
  });

  it("waits no longer for a wall clock that was set back, and not at all for one set forward", () => {
    for (const [byMs, state, remainingOpenMs] of [
      [-86_400_000, "open", 30_000],
      [86_400_000, "half-open", null],
    ] as const) {
      const first = aBreaker();
      first.fail(5);
      const saved = first.breaker.snapshot();
      first.clock.setWall(byMs);
      const next = aBreaker({}, undefined, first.clock);
      next.breaker.restore(saved);
      expect(next.breaker.status()).toMatchObject({ state, remainingOpenMs });
    }
  });

  it("waits no longer than it may by its options now", () => {
    const first = aBreaker();
    first.fail(5);
    const { breaker } = restart(first, { openMs: 1_000 });
    expect(breaker.status().remainingOpenMs).toBe(1_000);
  });

  it("waits no longer than a reopening with its jitter, and never past the cap", () => {
    const { breaker } = aBreaker();
    const saved = { ...breaker.snapshot(), state: "open", remainingOpenMs: 1e9, reopenings: 1 };
    breaker.restore(saved);
    expect(breaker.status().remainingOpenMs).toBe(72_000);
    breaker.restore({ ...saved, reopenings: 1_000_000 });
    expect(breaker.status().remainingOpenMs).toBe(300_000);
  });

  it("keeps how often it reopened", () => {
    const first = aBreaker();
    first.halfOpen();
    first.permit().fail(1, broken);
    const { breaker, clock, permit } = restart(first);
    clock.jump(60_000);
    permit().fail(1, broken);
    expect(breaker.status()).toMatchObject({ remainingOpenMs: 120_000, reopenings: 2 });
  });

  it("tries out anew what was being tried out", () => {
    const first = aBreaker();
    first.halfOpen();
    first.permit();
    const { breaker, clock, permit } = restart(first);
    clock.jump(1_000_000);
    expect(breaker.status()).toMatchObject({ state: "half-open", inFlight: 0 });
    permit();
  });

  it("believes a row that it was being tried out, whatever else the row says", () => {
    const { breaker, events } = aBreaker();
    breaker.restore({ ...breaker.snapshot(), state: "half-open", remainingOpenMs: 20_000 });
    expect(breaker.status().state).toBe("half-open");
    expect(events).toEqual([]);
  });

  it("hears no call of before that began two changes ago", () => {
    const { breaker, permit } = aBreaker();
    const late = permit();
    breaker.reset("Ada");
    breaker.restore(breaker.snapshot());
    late.fail(1, broken);
    expect(breaker.status().failures).toBe(0);
  });

  it("is not idle when it was disabled, though nobody is remembered to have done it", () => {
    const { breaker } = aBreaker();
    breaker.restore({ ...breaker.snapshot(), mode: "disabled" });
    expect(breaker.isIdle()).toBe(false);
  });

  it("begins with an empty window when it was closed", () => {
    const first = aBreaker();
    first.fail(4);
    const { breaker, fail } = restart(first);
    fail(4);
    expect(breaker.status()).toMatchObject({ state: "closed", failures: 4 });
  });

  it("stays as a person left it", () => {
    const held = aBreaker();
    held.breaker.holdOpen("Ada");
    const heldAgain = restart(held).breaker;
    expect(heldAgain.status()).toMatchObject({ state: "open", mode: "held-open", remainingOpenMs: null });
    expect(heldAgain.status().controls).toEqual(held.breaker.status().controls);
    const disabled = aBreaker();
    disabled.breaker.disable("Ada");
    expect(restart(disabled).breaker.status()).toMatchObject({ state: "closed", mode: "disabled" });
  });

  it("believes the mode of a row that contradicts itself", () => {
    const { breaker } = aBreaker();
    breaker.restore({ ...breaker.snapshot(), state: "open", remainingOpenMs: 1_000, mode: "disabled" });
    expect(breaker.status()).toMatchObject({ state: "closed", mode: "disabled" });
    breaker.restore({ ...breaker.snapshot(), state: "closed", mode: "held-open" });
    expect(breaker.status()).toMatchObject({ state: "open", mode: "held-open" });
  });

  it("hears no call of before, and keeps no failures of before", () => {
    const { breaker, permit, fail } = aBreaker();
    const saved = breaker.snapshot();
    fail(4);
    const late = permit();
    breaker.restore(saved);
    late.fail(1, broken);
    expect(breaker.status()).toMatchObject({ state: "closed", calls: 0, failures: 0 });
  });

  it("begins closed when what was saved is damaged, and says so", () => {
    const good = aBreaker().breaker.snapshot();
    const damaged: unknown[] = [
      null,
      "closed",
      {},
      { ...good, version: 2 },
      { ...good, state: "ajar" },
      { ...good, mode: "asleep" },
      { ...good, state: "open", remainingOpenMs: -1 },
      { ...good, state: "open", remainingOpenMs: Number.NaN },
      { ...good, reopenings: 0.5 },
      { ...good, reopenings: -1 },
      { ...good, savedAt: "yesterday" },
      { ...good, controls: [{ action: "reset", by: "", at: 0 }] },
      { ...good, lastFailure: { errorClass: "odd", message: "", at: 0 } },
    ];
    for (const row of damaged) {
      const { breaker } = aBreaker();
      const result = breaker.restore(row);
      expect(result.ok ? null : result.failure).toEqual({
        reason: "damaged-state",
        message: "http:api: its saved state is damaged and was set aside; it begins closed.",
      });
      expect(breaker.status().state).toBe("closed");
    }
  });
});

describe("an idle breaker", () => {
  it.each<[string, boolean, (breaker: CircuitBreaker) => void]>([
    ["that was never used", true, () => {}],
    ["with a call under way", false, (breaker) => void breaker.admit()],
    ["with a call in its window", false, (breaker) => fulfil(breaker)],
    ["that a person holds", false, (breaker) => breaker.holdOpen("Ada")],
    ["that is disabled", false, (breaker) => breaker.disable("Ada")],
    ["with something to remember", false, (breaker) => breaker.reset("Ada")],
  ])("%s: %s", (_, expected, use) => {
    const { breaker } = aBreaker();
    use(breaker);
    expect(breaker.isIdle()).toBe(expected);
  });

  it("is none while it is open", () => {
    const { breaker, fail, clock } = aBreaker({ openCapMs: 1e9, openMs: 1e9 });
    fail(5);
    clock.jump(60_000);
    expect(breaker.isIdle()).toBe(false);
  });
});

function fulfil(breaker: CircuitBreaker): void {
  const admission = breaker.admit();
  if (admission.admitted) admission.permit.succeed(1);
}

describe("the breaker's numbers", () => {
  it("are those of the rules", () => {
    expect(BREAKER).toMatchObject({
      windowMs: 60_000,
      failuresToOpen: 5,
      openMs: 30_000,
      openCapMs: 300_000,
      admission: 0.2,
      successesToClose: 2,
    });
  });
});

describe("settings that change while there are breakers", () => {
  const options = { failuresToOpen: 5, openMs: 30_000, admission: 0.2 };

  it("count for the next failure", () => {
    const changing = { ...options };
    const { fail, state } = aBreaker(changing);
    fail(2);
    changing.failuresToOpen = 3;
    expect(state()).toBe("closed");
    fail(1);
    expect(state()).toBe("open");
  });

  it("shorten a wait that is under way, and never lengthen it", () => {
    const changing = { ...options };
    const { fail, breaker, clock, state } = aBreaker(changing);
    fail(5);
    changing.openMs = 60_000;
    expect(breaker.status().remainingOpenMs).toBe(30_000);
    changing.openMs = 10_000;
    expect(breaker.status().remainingOpenMs).toBe(10_000);
    clock.jump(9_999);
    expect(state()).toBe("open");
    clock.jump(1);
    expect(state()).toBe("half-open");
  });

  it("leave a breaker that a person holds open as it is", () => {
    const changing = { ...options };
    const { breaker, clock, state } = aBreaker(changing);
    breaker.holdOpen("Ada");
    changing.openMs = 1;
    clock.jump(1_000_000);
    expect(state()).toBe("open");
    expect(breaker.status().remainingOpenMs).toBeNull();
  });

  it("say anew who else is let through while it is tried", () => {
    const changing = { ...options };
    const { breaker, permit, halfOpen } = aBreaker(changing);
    halfOpen();
    permit();
    expect(breaker.admit().admitted).toBe(false);
    changing.admission = 1;
    expect(breaker.admit().admitted).toBe(true);
  });
});
