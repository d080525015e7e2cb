import { describe, expect, it } from "vitest";
import { rankServices } from "../../../../src/main/engine/suspects/services/rank-services.ts";
import type { ServiceBlame, Windows } from "../../../../src/main/engine/suspects/signals.ts";
import { micros } from "../../../../src/shared/units.ts";
import { Level, MINUTE, MS, System, windows, type Work } from "./support.ts";

const blameOf = (ranked: readonly ServiceBlame[], service: string): ServiceBlame =>
  ranked.find((one) => one.service === service) ?? expect.fail(`${service} is not ranked`);
const wobble = (index: number): number => 1 + ((index * 7) % 5) / 20;

describe("a callee that returns too early", () => {
  /** shop → stock, twice; stock works in silence. Where stock does next to nothing, shop cannot go on. */
  const order = (index: number, isCutShort: boolean): Work => {
    const look = (at: number): Work => ({
      service: "stock",
      operation: "GET /stock",
      at: at * MS,
      lasts: (isCutShort ? 1 : 9) * MS * wobble(index),
    });
    return {
      service: "shop",
      operation: "POST /order",
      lasts: 60 * MS * wobble(index),
      fails: isCutShort,
      logs: isCutShort ? [[Level.error, "no answer to build an order of"]] : [[Level.info, "ordered"]],
      calls: [look(2), look(20)],
    };
  };

  it("is blamed for what it leaves out, though only its caller fails", () => {
    const system = new System()
      .requests(0, 20, 60, (index) => order(index, false))
      .requests(20, 25, 15, (index) => order(index, true));
    const [first] = rankServices(system.signals(), windows);
    expect(first?.service).toBe("stock");
    expect(first?.evidence[0]?.text).toMatch(
      /^GET \/stock does far less than usual in \d+ of \d+ requests, \d+ of \d+ before; it is the first oddity in 15 of 15 traces$/,
    );
  });

  it("is not blamed where everything became quicker", () => {
    const quick = (index: number, pace: number): Work => ({
      service: "shop",
      operation: "POST /order",
      lasts: 60 * MS * wobble(index) * pace,
      calls: [{ service: "stock", operation: "GET /stock", at: MS, lasts: 9 * MS * wobble(index) * pace }],
    });
    const system = new System()
      .requests(0, 20, 60, (index) => quick(index, 1))
      .requests(20, 25, 15, (index) => quick(index, 0.4));
    expect(rankServices(system.signals(), windows).map(({ score }) => score)).toStrictEqual([0, 0]);
  });
});

describe("errors that are logged while all is well", () => {
  const menu = (index: number, fails: boolean): Work => ({
    service: "edge",
    operation: "GET /",
    lasts: 40 * MS,
    fails,
    calls: [
      {
        service: "menu",
        operation: "GET /menu",
        at: MS,
        lasts: 20 * MS * wobble(index),
        fails,
        logs: [[Level.error, "no dish of the day"]],
      },
    ],
  });

  it("do not hide the requests that really fail", () => {
    const system = new System()
      .requests(0, 20, 60, (index) => menu(index, false))
      .requests(20, 25, 15, (index) => menu(index, true));
    const [first] = rankServices(system.signals(), windows);
    expect(first?.service).toBe("menu");
    expect(first?.evidence.map(({ text }) => text)).toContainEqual(
      expect.stringContaining("GET /menu fails by itself in 15 of 15 requests, 0 of 60 before"),
    );
  });
});

describe("a caller that breaks off", () => {
  /** Searches and bookings both ask seats, for different things; only searches ask it in the incident. */
  const ask = (what: string): Work => ({
    service: "seats",
    operation: "GET /seats",
    at: 10 * MS,
    lasts: 5 * MS,
    logs: [[Level.info, `${what} seats left`]],
  });
  const trip = (what: string): Work => ({
    service: "travel",
    operation: "GET /trip",
    at: 2 * MS,
    lasts: 30 * MS,
    calls: [ask(what)],
  });
  const search: Work = { service: "search", operation: "GET /search", lasts: 50 * MS, calls: [trip("many")] };
  const booking = (fails: boolean): Work => ({
    service: "booking",
    operation: "POST /booking",
    lasts: 50 * MS,
    fails,
    logs: fails ? [[Level.error, "contact is null"]] : [],
    calls: fails ? [] : [trip("few")],
  });

  it("does not make those that it would have called look changed", () => {
    const system = new System();
    for (const [from, to, count, fails] of [
      [0, 20, 80, false],
      [20, 25, 60, true],
    ] as const) {
      system.requests(from, to, count, () => search);
      system.requests(from, to, count, () => booking(fails));
    }
    const ranked = rankServices(system.signals(), windows);
    expect(ranked[0]?.service).toBe("booking");
    expect(blameOf(ranked, "seats").score).toBe(0);
  });
});

describe("metrics with few samples in the incident", () => {
  const STEP = 5;
  const HOURS = 24 * 60;
  const noise = (minute: number): number => ((minute / STEP) * 37) % 11;
  /** Five minutes apart; in trouble for two samples from minute `HOURS + 10` on. */
  const system = (shifted = 0): System => {
    const isBad = (minute: number): boolean => minute >= HOURS + 10 && minute < HOURS + 20;
    const every = (
      service: string,
      name: string,
      value: (minute: number) => number,
    ): readonly [string, string, (minute: number) => number] => [service, name, value];
    const built = new System().calls("web", "cart").calls("cart", "stock");
    for (const [service, name, value] of [
      every("web", "latency_p99", (minute) => 100 + noise(minute) + (isBad(minute) ? 300 : 0)),
      every("cart", "latency_p99", (minute) => 50 + noise(minute) + (isBad(minute) ? 300 : 0)),
      every("stock", "latency_p99", (minute) => 20 + noise(minute) + (isBad(minute) ? 300 : 0)),
      every("other", "latency_p99", (minute) => 20 + noise(minute) + (minute % 60 === 15 ? 200 : 0)),
    ])
      built.samples(service, name, STEP, (HOURS + 40) / STEP, value, shifted);
    return built;
  };
  const around = (from: number, to = from + 20): Windows => ({
    baseline: { from: micros(0), to: micros(from * MINUTE) },
    incident: { from: micros(from * MINUTE), to: micros(to * MINUTE) },
  });

  it.each([
    ["where the window is right", HOURS, 0],
    ["where it begins half too early, so that one sample is left", HOURS - 5, 0],
    ["where it begins half too late", HOURS + 15, 0],
    ["where samples are taken at other moments", HOURS, 2],
  ])("tell the service that it began in, %s", (_, from, shifted) => {
    expect(rankServices(system(shifted).signals(), around(from))[0]?.service).toBe("stock");
  });
});

describe("windows that begin an hour too early", () => {
  it("leave the first place to the service that is in trouble for a sixth of them", () => {
    const isBad = (minute: number): boolean => minute >= 600 && minute < 614;
    const wide: Windows = {
      baseline: { from: micros(0), to: micros(530 * MINUTE) },
      incident: { from: micros(530 * MINUTE), to: micros(614 * MINUTE) },
    };
    const system = new System()
      .metric("stock", "cpu", (minute) => 20 + ((minute * 37) % 11) + (isBad(minute) ? 60 : 0), 614)
      .metric("cart", "cpu", (minute) => 20 + ((minute * 41) % 11) + (minute >= 560 ? 13 : 0), 614);
    expect(rankServices(system.signals(), wide)[0]?.service).toBe("stock");
  });
});

describe("a series that now and then leaps a hundredfold", () => {
  it("says less by leaping than one that never did", () => {
    const minutes = 2_000;
    const wide: Windows = {
      baseline: { from: micros(0), to: micros(1_980 * MINUTE) },
      incident: { from: micros(1_980 * MINUTE), to: micros(1_990 * MINUTE) },
    };
    const leaps = (minute: number): boolean => minute % 1_500 < 10;
    const isNow = (minute: number): boolean => minute >= 1_980 && minute < 1_990;
    const system = new System()
      .metric(
        "wild",
        "latency",
        (minute) => 1 + (minute % 3) / 10 + (leaps(minute) || isNow(minute) ? 100 : 0),
        minutes,
      )
      .metric("calm", "latency", (minute) => 1 + (minute % 3) / 10 + (isNow(minute) ? 100 : 0), minutes);
    const ranked = rankServices(system.signals(), wide);
    expect(blameOf(ranked, "wild").score).toBeLessThan(0.8 * blameOf(ranked, "calm").score);
  });
});
