import Database from "better-sqlite3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { CONNECTOR_CALLS } from "../../../src/shared/contract/connectors.ts";
import type { Failure } from "../../../src/shared/failure.ts";
import type { Source } from "../../../src/shared/model/source.ts";
import { ConnectorHome, type ConnectorHomeOptions } from "../../../src/main/engine/health/connector-home.ts";
import { SettingsHome } from "../../../src/main/engine/settings/settings-home.ts";
import { LIBRARY_FILE, openLibrary } from "../../../src/main/engine/store/library.ts";
import { codeError, FakeClock, middle, never } from "../resilience/support.ts";

const CONNECTORS = [
  { id: "file", title: "File", isRemote: false, noFallback: null },
  { id: "prometheus", title: "Prometheus", isRemote: true, noFallback: null },
];
const SERVER = { connector: "prometheus", target: "http://db:9090", operation: "http" };
const NAME = "prometheus:http://db:9090";

interface Scene {
  readonly home: ConnectorHome;
  readonly failures: Failure[];
  readonly lines: object[];
  readonly changes: () => number;
  /** Lets what was put off happen. */
  readonly soon: () => void;
  fail(times: number, code?: string): Promise<void>;
  succeed(times?: number): Promise<void>;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "faultline-test-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function scene(dataFolder: string, clock: FakeClock, more: Partial<ConnectorHomeOptions> = {}): Scene {
  const library = openLibrary(dataFolder);
  const settings = new SettingsHome({ dataFolder });
  const failures: Failure[] = [];
  const lines: object[] = [];
  const appointments: (() => void)[] = [];
  let changes = 0;
  const home = new ConnectorHome({
    rows: library.connectors,
    connectors: CONNECTORS,
    settings: () => settings.resolved,
    actor: "ada",
    clock,
    random: middle,
    log: (line) => void lines.push(line),
    onChanged: () => void (changes += 1),
    onFailure: (failure) => void failures.push(failure),
    later: (_, callback) => {
      appointments.push(callback);
      return () => {};
    },
    ...more,
  });
  onTestFinished(() => {
    home[Symbol.dispose]();
    library[Symbol.dispose]();
  });
  const call = async (action: () => Promise<unknown>): Promise<void> => {
    await home.run(SERVER, action, never).catch(() => {});
  };
  return {
    home,
    failures,
    lines,
    changes: () => changes,
    soon: () => appointments.splice(0).forEach((callback) => callback()),
    fail: async (times, code = "ECONNREFUSED") => {
      for (let time = 0; time < times; time += 1) await call(() => Promise.reject(codeError(code)));
    },
    succeed: async (times = 1) => {
      for (let time = 0; time < times; time += 1) await call(() => Promise.resolve());
    },
  };
}

const targetsOf = ({ home }: Scene) => home.list(null).flatMap(({ targets }) => targets);

describe("the list of connectors", () => {
  it("shows a target with its state, calls, limits and last error, as the contract says", async () => {
    const one = scene(folder(), new FakeClock());
    await one.succeed(5);
    await one.fail(5);
    const rows = CONNECTOR_CALLS["connectors.list"].output.parse(one.home.list(null));
    expect(rows.map(({ connector, health }) => [connector, health])).toEqual([
      ["file", "healthy"],
      ["prometheus", "down"],
    ]);
    expect(rows[1]?.targets).toMatchObject([
      {
        name: NAME,
        state: "open",
        percent: 0,
        health: "down",
        openMs: 30_000,
        failures: 5,
        failuresToOpen: 5,
        last5Minutes: { calls: 10, errors: { unreachable: 5 }, errorRate: 0.5 },
        minutes: [{ minutesAgo: 0, calls: 10, errors: 5 }],
        bulkhead: { active: 0, queued: 0, maxConcurrent: 16 },
        rateLimit: { perSecond: 10, burst: 20 },
        deadLetters: null,
        lastError: { errorClass: "unreachable", message: "ECONNREFUSED: it went wrong" },
      },
    ]);
    expect(one.home.health()).toMatchObject({ overall: "critical", targets: 1, open: 1, openNames: [NAME] });
  });

  it("has a point for each minute in which something was called", async () => {
    const clock = new FakeClock();
    const one = scene(folder(), clock);
    await one.succeed(2);
    clock.jump(10 * 60_000);
    await one.fail(1);
    expect(targetsOf(one)[0]?.minutes.map(({ minutesAgo, calls, errors }) => [minutesAgo, calls, errors])).toEqual([
      [10, 2, 0],
      [0, 1, 1],
    ]);
  });

  it("counts the dead letters of a target's sources in the open case", async () => {
    const one = scene(folder(), new FakeClock());
    await one.succeed();
    const source = (path: string, deadLetters: number) => ({ connector: "prometheus", path, deadLetters }) as Source;
    const sources = [source(`prometheus:http://db:9090/?query=up`, 3), source("prometheus:http://db:90901/", 9)];
    const row = one.home.list(sources).find(({ connector }) => connector === "prometheus");
    expect([row?.deadLetters, row?.targets[0]?.deadLetters]).toEqual([12, 3]);
  });

  it("lists what needs a look first, then what was called last, and so many targets at most", async () => {
    const clock = new FakeClock();
    const one = scene(folder(), clock);
    const read = (target: string, action: () => Promise<unknown>) =>
      one.home.run({ connector: "file", target, operation: "git" }, action, never).catch(() => {});
    for (let number = 0; number < 5; number += 1) await read("/bad", () => Promise.reject(codeError("EIO")));
    for (let number = 0; number < 300; number += 1) {
      if (number === 299) clock.jump(60_000);
      await read(`/${number}`, () => Promise.resolve());
    }
    const [row] = one.home.list(null);
    expect([row?.health, row?.targets.length, row?.moreTargets]).toEqual(["down", 200, 101]);
    expect(row?.targets.slice(0, 2).map(({ target }) => target)).toEqual(["/bad", "/299"]);
  });

  it("tells of many calls once", async () => {
    const one = scene(folder(), new FakeClock());
    await one.succeed(20);
    one.soon();
    expect(one.changes()).toBe(1);
  });
});

describe("a decision of a person", () => {
  it("is recorded with who and when, and outlives the process", async () => {
    const [data, clock] = [folder(), new FakeClock()];
    const first = scene(data, clock);
    await first.fail(5);
    expect(first.home.decide("hold-open", NAME)).toMatchObject([{ state: "held-open", openMs: null }]);
    const at = clock.wall() * 1_000;
    clock.jump(86_400_000);
    const second = scene(data, clock, { actor: "grace" });
    expect(targetsOf(second)).toMatchObject([
      { state: "held-open", actions: [{ action: "hold-open", by: "ada", at }] },
    ]);
    await second.succeed();
    expect(second.lines).toMatchObject([{ event: "refused", by: "circuit-breaker" }, { event: "call" }]);
    second.home.decide("reset", NAME);
    expect(targetsOf(second)[0]?.actions.map(({ action, by }) => [action, by])).toEqual([
      ["reset", "grace"],
      ["hold-open", "ada"],
    ]);
    await second.succeed();
    expect(targetsOf(second)).toMatchObject([{ state: "closed" }]);
  });

  it("disables a breaker until it is enabled, and no other kind of breaker is enabled", async () => {
    const one = scene(folder(), new FakeClock());
    await one.succeed();
    one.home.decide("disable", NAME);
    await one.fail(10);
    expect(targetsOf(one)).toMatchObject([{ state: "disabled", failures: 0 }]);
    one.home.decide("enable", NAME);
    await one.fail(5);
    one.home.decide("enable", NAME);
    expect(targetsOf(one)).toMatchObject([{ state: "open" }]);
    expect(targetsOf(one)[0]?.actions.map(({ action }) => action)).toEqual(["enable", "disable"]);
  });

  it("ends the wait of an open breaker, for all targets of a connector too", async () => {
    const one = scene(folder(), new FakeClock());
    await one.fail(5);
    expect(one.home.decide("retry-now", "prometheus")).toMatchObject([{ state: "half-open" }]);
  });

  it.each([
    ["nothing:x", 'There is no connector "nothing".'],
    ["file:/never/called", "Nothing is known of file:/never/called: it was not called yet."],
  ])("over %s is refused by name", (name, message) => {
    expect(() => scene(folder(), new FakeClock()).home.decide("reset", name)).toThrow(message);
  });
});

describe("processes that run at the same time", () => {
  it("obey a decision of each other, within a second", async () => {
    const [data, clock] = [folder(), new FakeClock()];
    const [window, terminal] = [scene(data, clock), scene(data, clock, { actor: "grace" })];
    await window.fail(5);
    window.home.save();
    clock.jump(1_000);
    const other = scene(data, clock, { actor: "grace" });
    other.home.decide("reset", NAME);
    expect(targetsOf(window)).toMatchObject([{ state: "closed", actions: [{ action: "reset", by: "grace" }] }]);
    window.home.decide("hold-open", NAME);
    clock.jump(1_000);
    await terminal.succeed();
    expect(terminal.lines.at(-1)).toMatchObject({ event: "call", errorClass: "refused" });
    expect(targetsOf(scene(data, clock))).toMatchObject([{ state: "held-open" }]);
  });
});

describe("a reading of many calls", () => {
  it("waits its turn while a breaker tries its target again", async () => {
    const clock = new FakeClock();
    const chance = [0.9, 0.9, 0.1];
    const one = scene(folder(), clock, { random: () => chance.shift() ?? 0.9 });
    await one.fail(5);
    await clock.advance(30_000);
    await one.succeed();
    const second = one.succeed();
    await clock.advance(2_000);
    await second;
    expect(targetsOf(one)).toMatchObject([{ state: "closed" }]);
  });

  it("does not wait for a breaker that is open, or that a person holds", async () => {
    const one = scene(folder(), new FakeClock());
    await one.fail(6);
    one.home.decide("hold-open", NAME);
    await one.fail(1);
    expect(one.lines.filter((line) => "errorClass" in line && line.errorClass === "refused")).toHaveLength(2);
  });
});

describe("what outlives the process", () => {
  it("is the state of a breaker, with the time that is left clamped to what is configured", async () => {
    const [data, clock] = [folder(), new FakeClock()];
    const first = scene(data, clock);
    await first.fail(5);
    first.home[Symbol.dispose]();
    clock.jump(10_000);
    expect(targetsOf(scene(data, clock))).toMatchObject([{ state: "open", openMs: 20_000 }]);
    clock.setWall(-86_400_000);
    expect(targetsOf(scene(data, clock))).toMatchObject([{ state: "open", openMs: 30_000 }]);
    clock.setWall(3 * 86_400_000);
    expect(targetsOf(scene(data, clock))).toMatchObject([{ state: "half-open", openMs: null }]);
  });

  it("are the calls, added up over processes that run at the same time", async () => {
    const [data, clock] = [folder(), new FakeClock()];
    const [one, other] = [scene(data, clock), scene(data, clock)];
    await one.succeed(3);
    await other.fail(2);
    one.home.save();
    other.home.save();
    await one.succeed(4);
    one.home.save();
    const third = scene(data, clock);
    expect(targetsOf(third)).toMatchObject([{ ever: { calls: 9, errors: { unreachable: 2 } } }]);
    const lines = third.home.jsonLines().trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(
      ["5m", "1h", "all"].map((window) => ({ connector: "prometheus", operation: "http", window, calls: 9 })),
    );
  });

  it("is nothing of a row that is damaged, which is said once; the others count", async () => {
    const [data, clock] = [folder(), new FakeClock()];
    const first = scene(data, clock);
    await first.fail(5);
    first.home[Symbol.dispose]();
    const db = new Database(join(data, LIBRARY_FILE));
    db.exec(`UPDATE breaker SET saved = '{"state":"open","remainingOpenMs":-1'`);
    db.exec(`UPDATE call_statistics SET saved = 'null' WHERE kind = 'operation'`);
    db.close();
    const second = scene(data, clock);
    expect(second.failures.map(({ message }) => message)).toEqual([
      `${NAME}: its saved state is damaged and was set aside; it begins closed.`,
      "Saved call statistics are damaged and were set aside; counting goes on without them.",
    ]);
    expect(targetsOf(second)).toMatchObject([{ state: "closed", ever: { calls: 5 } }]);
    await second.succeed();
    second.home.save();
    expect(scene(data, clock).failures).toMatchObject([{ reason: "damaged-state" }]);
  });
});

describe("the log", () => {
  it("has a structured line for each retry", async () => {
    const clock = new FakeClock();
    const one = scene(folder(), clock);
    const calling = one.fail(1, "ECONNRESET");
    await clock.advance(60_000);
    await calling;
    expect(one.lines[0]).toEqual({
      level: "warn",
      event: "retry",
      name: NAME,
      operation: "http",
      attempt: 1,
      maxAttempts: 3,
      delayMs: 1_000,
      errorClass: "connection",
    });
  });
});
