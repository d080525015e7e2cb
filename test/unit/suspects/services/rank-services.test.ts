import { describe, expect, it } from "vitest";
import { likelyWindows, rankingWindows } from "../../../../src/main/engine/suspects/services/likely-windows.ts";
import { rankServices } from "../../../../src/main/engine/suspects/services/rank-services.ts";
import type { ServiceBlame } from "../../../../src/main/engine/suspects/signals.ts";
import { micros } from "../../../../src/shared/units.ts";
import { Level, MINUTE, MS, System, windows, type Work } from "./support.ts";

const names = (ranked: readonly ServiceBlame[]): string[] => ranked.map(({ service }) => service);
const wobble = (index: number): number => 1 + ((index * 7) % 5) / 20;

interface Shop {
  /** Milliseconds that pricing works, and that a call of it is on the way. */
  readonly pricing?: number;
  readonly onTheWay?: number;
  readonly stockFails?: boolean;
  readonly pricingAnswersNothing?: boolean;
  readonly stockIsGone?: boolean;
}

/** web → cart → pricing → stock: every call is a client's span around the server's. */
function request(index: number, shop: Shop = {}): Work {
  const { pricing = 20, onTheWay = 1, stockFails = false, pricingAnswersNothing = false, stockIsGone = false } = shop;
  const stock: Work = {
    service: "stock",
    operation: "GET /stock",
    at: 1 * MS,
    lasts: 5 * MS * wobble(index),
    fails: stockFails,
    logs: [
      [Level.info, "looking up <*>"],
      ...(stockFails ? [[Level.error, "disk of shelf <*> is full"] as const] : []),
    ],
  };
  const callStock: Work = {
    service: "pricing",
    operation: "client GET",
    at: 2 * MS,
    lasts: 8 * MS * wobble(index),
    fails: stockFails || stockIsGone,
    calls: stockIsGone ? [] : [stock],
  };
  const price: Work = {
    service: "pricing",
    operation: "POST /price",
    at: (onTheWay / 2) * MS,
    lasts: (pricingAnswersNothing ? 2 : 10 + pricing * wobble(index)) * MS,
    fails: stockFails || stockIsGone,
    logs: pricingAnswersNothing ? [] : [[Level.info, "priced <*>"]],
    calls: pricingAnswersNothing ? [] : [callStock],
  };
  const isBroken = stockFails || pricingAnswersNothing || stockIsGone;
  return {
    service: "web",
    operation: "GET /",
    lasts: 60 * MS + price.lasts + onTheWay * MS,
    fails: isBroken,
    calls: [
      {
        service: "cart",
        operation: "GET /cart",
        at: 5 * MS,
        lasts: 30 * MS + price.lasts + onTheWay * MS,
        fails: isBroken,
        logs: isBroken ? [[Level.error, "cannot build the cart"]] : [[Level.info, "cart built"]],
        calls: [
          {
            service: "cart",
            operation: "client POST",
            at: 5 * MS,
            lasts: price.lasts + onTheWay * MS,
            calls: [price],
          },
        ],
      },
    ],
  };
}

const shop = (incident: Shop): System =>
  new System()
    .requests(0, 20, 200, (index) => request(index))
    .requests(20, 25, 50, (index) => request(index, incident));

describe("traces", () => {
  it("blame the service whose own time grew, and none of its callers", () => {
    const [first, second] = rankServices(shop({ pricing: 200 }).signals(), windows);
    expect(first).toMatchObject({ service: "pricing", resource: null });
    expect(first?.evidence[0]?.text).toMatch(
      /^own time of POST \/price went from \d+(?:\.\d+)? ms to 2\d\d ms \(p50, 50 spans\)$/,
    );
    expect(first?.evidence[0]?.spanId).toMatch(/^span-/);
    expect(second?.score).toBeLessThan((first?.score ?? 0) / 4);
  });

  it("lay the time on the way to the end whose other calls are slow as well", () => {
    const slow: Shop = { onTheWay: 300 };
    const system = shop(slow);
    // Somebody else calls pricing, and cart calls somebody else: the first is slow too, the second is not.
    const other = (index: number, onTheWay: number): Work => {
      const { calls } = request(index, { onTheWay });
      const price = calls?.[0]?.calls?.[0]?.calls?.[0] as Work;
      return {
        service: "admin",
        operation: "client POST",
        lasts: price.lasts + onTheWay * MS,
        calls: [price],
      };
    };
    system.requests(0, 20, 60, (index) => other(index, 1)).requests(20, 25, 15, (index) => other(index, 300));
    const [first] = rankServices(system.signals(), windows);
    expect(first?.service).toBe("pricing");
    expect(first?.evidence[0]?.text).toContain("time on the way to it and back from");
  });

  const chain = (index: number, slow: number): Work => {
    const way = (service: string, below: number, calls: readonly Work[], extra = 0): Work => ({
      service,
      operation: `call from ${service}`,
      at: MS,
      lasts: below + 4 * MS + extra,
      calls,
    });
    const code: Work = { service: "code", operation: "check", at: 2 * MS, lasts: (6 + (index % 3)) * MS };
    const auth: Work = {
      service: "auth",
      operation: "login",
      at: 2 * MS,
      lasts: 20 * MS + slow,
      calls: [way("auth", 8 * MS, [code], slow)],
    };
    const calls = [way("edge", 20 * MS + slow, [auth], slow)];
    return { service: "edge", operation: "/login", lasts: 40 * MS + 2 * slow, calls };
  };

  it("blame the network of the service that is slow to call and slow to answer, not of the one that it alone calls", () => {
    const system = new System()
      .requests(0, 20, 60, (index) => chain(index, 0))
      .requests(20, 25, 15, (index) => chain(index, 80 * MS));
    expect(names(rankServices(system.signals(), windows))[0]).toBe("auth");
  });

  it("hold a way that nobody went before against the others", () => {
    const call = (callee: string, lasts: number): Work => ({
      service: "edge",
      operation: `/${callee}`,
      lasts: lasts + 10 * MS,
      calls: [
        {
          service: "edge",
          operation: "client",
          lasts: lasts + 5 * MS,
          calls: [{ service: callee, operation: "serve", at: MS, lasts: 4 * MS }],
        },
      ],
    });
    const usual = ["a", "b", "c", "d", "e", "f"];
    const system = new System()
      .requests(0, 25, 150, (index) => call(usual[index % usual.length] ?? "a", (4 + (index % 3)) * MS))
      .requests(20, 25, 10, () => call("new", 900 * MS));
    expect(names(rankServices(system.signals(), windows))[0]).toBe("new");
  });

  it("blame the deepest service that fails", () => {
    const [first] = rankServices(shop({ stockFails: true }).signals(), windows);
    expect(first?.service).toBe("stock");
    expect(first?.since).toBeGreaterThanOrEqual(windows.incident.from);
    expect(first?.evidence.map(({ text }) => text).join("\n")).toMatch(
      /GET \/stock fails by itself in 50 of 50 requests, 0 of 200 before/,
    );
  });

  it("blame the deepest service that fails where its caller's clock is early", () => {
    const system = new System().requests(0, 25, 500, (index) => ({
      service: "web",
      operation: "GET /",
      lasts: 100 * MS,
      fails: index > 400 && index % 2 === 0,
      calls: [
        {
          // Forty milliseconds before its time.
          service: "cart",
          operation: "add",
          at: -40 * MS,
          lasts: 60 * MS,
          fails: index > 400 && index % 2 === 0,
          calls: [
            {
              service: "stock",
              operation: "reserve",
              at: 50 * MS,
              lasts: 40 * MS,
              fails: index > 400 && index % 2 === 0,
            },
          ],
        },
      ],
    }));
    expect(rankServices(system.signals(), windows)[0]?.service).toBe("stock");
  });

  it("blame the service that answers early without an error, not its caller that fails for it", () => {
    const ranked = rankServices(shop({ pricingAnswersNothing: true }).signals(), windows);
    expect(names(ranked)[0]).toBe("pricing");
    expect(ranked[0]?.evidence.map(({ text }) => text).join("\n")).toContain(
      "it is the first oddity in 50 of 50 traces",
    );
  });

  it("blame a service that is gone, not the caller that fails without an answer", () => {
    const [first] = rankServices(shop({ stockIsGone: true }).signals(), windows);
    expect(first?.service).toBe("stock");
    expect(first?.evidence[0]?.text).toBe(
      "pricing would have called it in 50 requests and did in 0, and it shows no work of its own",
    );
  });

  it("blame nobody for another mix of requests", () => {
    const system = new System()
      .requests(0, 20, 100, (index) => request(index))
      .requests(0, 20, 100, () => ({ service: "web", operation: "GET /health", lasts: 1 * MS }))
      .requests(20, 25, 50, (index) => request(index));
    expect(rankServices(system.signals(), windows).every(({ score }) => score < 1)).toBe(true);
  });

  it("do not take errors that went for trouble", () => {
    const system = new System()
      .requests(0, 20, 200, (index) => request(index, { stockFails: index % 2 === 0 }))
      .requests(20, 25, 50, (index) => request(index));
    expect(rankServices(system.signals(), windows).every(({ score }) => score < 1)).toBe(true);
  });

  it("are read where a parent is its own ancestor", () => {
    const signals = shop({ pricing: 200 }).signals();
    signals.spans.parent[0] = 1;
    signals.spans.parent[1] = 0;
    expect(names(rankServices(signals, windows))[0]).toBe("pricing");
  });
});

describe("metrics", () => {
  const steady = (minute: number): number => 10 + (minute % 3);

  it("blame the service whose resource leaves its usual, not one that is wild on every day", () => {
    const signals = new System()
      .metric("a", "cpu_usage", (minute) => (minute >= 20 ? 95 : steady(minute)))
      .metric("b", "cpu_usage", (minute) => (minute % 4 === 0 ? 90 : steady(minute)))
      .metric("c", "cpu_usage", steady)
      .signals();
    const ranked = rankServices(signals, windows);
    expect(names(ranked)).toEqual(["a", "b", "c"]);
    expect(ranked[0]).toMatchObject({ resource: "cpu_usage", since: 20 * MINUTE });
    expect(ranked[1]?.score).toBe(0);
  });

  it("hand latency down to the callee that has it too", () => {
    const slow = (before: number, during: number) => (minute: number) =>
      (minute >= 20 ? during : before) + (minute % 3);
    const system = new System()
      .calls("web", "cart", "login")
      .calls("cart", "pricing", "cache")
      .metric("web", "latency_p95_ms", slow(100, 900))
      .metric("cart", "latency_p95_ms", slow(60, 850))
      .metric("pricing", "latency_p95_ms", slow(40, 800))
      .metric("login", "latency_p95_ms", slow(20, 20))
      .metric("cache", "latency_p95_ms", slow(2, 2));
    const ranked = rankServices(system.signals(), windows);
    expect(names(ranked)[0]).toBe("pricing");
    expect(ranked[0]?.score).toBeGreaterThan(2 * (ranked[1]?.score ?? 0));
  });

  it("watch a counter by its growth", () => {
    let [calm, busy] = [0, 0];
    const signals = new System()
      .metric("calm", "disk_writes_total", () => (calm += 100 + (calm % 7)))
      .metric("busy", "disk_writes_total", (minute) => (busy += (minute >= 20 ? 900 : 100) + (busy % 7)))
      .signals();
    const [first, second] = rankServices(signals, windows);
    expect(first).toMatchObject({ service: "busy", resource: "disk_writes_total" });
    expect(second?.score).toBe(0);
  });

  it("blame the one that has most errors where everybody sees some of them", () => {
    const errors = (share: number) => (minute: number) => (minute >= 20 ? share : 0);
    const signals = new System()
      .metric("web", "error_ratio", errors(0.2))
      .metric("cart", "error_ratio", errors(0.3))
      .metric("pricing", "error_ratio", errors(0.6))
      .signals();
    expect(names(rankServices(signals, windows))).toEqual(["pricing", "cart", "web"]);
  });

  it("take a small stir of an idle service for little where all others stir more", () => {
    const busy = (minute: number): number => 100 + 20 * (minute % 3);
    const system = new System().metric("idle", "cpu_millicores", (minute) => (minute >= 20 ? 6 : 0.01));
    for (const name of ["a", "b", "c", "d"]) system.metric(name, "cpu_millicores", busy);
    expect(rankServices(system.signals(), windows).every(({ score }) => score === 0)).toBe(true);
  });

  it("follow what was alerted of, and when it hurt", () => {
    const system = new System()
      .calls("web", "cart", "ads")
      .metric("web", "availability", (minute) => (minute === 22 || minute === 23 ? 97 : 100))
      .metric("cart", "availability", (minute) => (minute === 22 || minute === 23 ? 96 : 100))
      .metric("ads", "latency_p95_ms", (minute) => (minute >= 20 ? 4_000 : 40 + (minute % 3)));
    const alert = {
      time: micros(23 * MINUTE),
      service: "web",
      message: "web availability breached",
      fields: [["metric", "availability"]] as const,
      place: { sourceId: 1, offset: 0, record: "s1:0" },
    };
    expect(names(rankServices(system.signals({ alerts: [alert] }), windows))[0]).toBe("cart");
    expect(names(rankServices(system.signals(), windows))[0]).toBe("ads");
  });

  it("say nothing of a series with too few samples, without values, or without change", () => {
    const signals = new System()
      .metric("a", "cpu", () => 100, 3)
      .metric("b", "cpu", () => Number.NaN)
      .metric("c", "cpu", () => 0)
      .signals();
    expect(rankServices(signals, windows).map(({ score, evidence }) => [score, evidence])).toEqual([
      [0, []],
      [0, []],
      [0, []],
    ]);
  });
});

describe("logs without traces", () => {
  const every = (from: number, to: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => from + ((to - from) * index) / count);

  it("blame the service that errors name, not the one that writes them", () => {
    const signals = new System()
      .log("cart", Level.info, "cart built", every(0, 25, 500))
      .log("ledger", Level.info, "entry written", every(0, 25, 300))
      .log("cart", Level.error, "request failed: ledger: no answer within <*> ms", every(20, 25, 40))
      .signals();
    const [first] = rankServices(signals, windows);
    expect(first?.service).toBe("ledger");
    expect(first?.evidence[0]?.text).toBe(
      'cart names it: "request failed: ledger: no answer within <*> ms" went from 0 to 8 a minute',
    );
  });

  it("blame the services that errors name where their template leaves the name out", () => {
    const texts = ["call to ledger failed: 500", "call to ledger failed: 503", "call to stock failed: 500"];
    const signals = new System()
      .log("ledger", Level.info, "entry written", every(0, 25, 300))
      .log("stock", Level.info, "stock taken", every(0, 25, 300))
      .log("cart", Level.error, "call to <*> failed: <*>", every(20, 25, 60), texts)
      .signals();
    const [first, second, third] = rankServices(signals, windows);
    expect([first?.service, second?.service]).toEqual(["ledger", "stock"]);
    expect(third).toMatchObject({ service: "cart", score: 0 });
  });

  it("take an error of a call for somebody else's where nobody is named", () => {
    const signals = new System()
      .log("a-web", Level.error, "upstream request failed", every(20, 25, 60))
      .log("b-cart", Level.error, "no space left on device", every(20, 25, 60))
      .signals();
    expect(rankServices(signals, windows)[0]?.service).toBe("b-cart");
  });

  it("hand errors down to the callee that logs them too", () => {
    const signals = new System()
      .calls("web", "cart")
      .calls("cart", "ledger")
      .log("web", Level.error, "upstream request failed", every(20, 25, 60))
      .log("cart", Level.error, "upstream request failed", every(20, 25, 60))
      .log("ledger", Level.error, "disk quota exceeded", every(20, 25, 50))
      .signals();
    const ranked = rankServices(signals, windows);
    expect(ranked.map(({ service }) => service)).toEqual(["ledger", "cart", "web"]);
  });

  it("blame nobody for errors that come as often as on every day", () => {
    const signals = new System().log("cart", Level.error, "card refused", every(0, 25, 250)).signals();
    expect(rankServices(signals, windows)).toMatchObject([{ service: "cart", score: 0 }]);
  });
});

it("ranks every service that anything names, alike ones by name", () => {
  const signals = new System()
    .calls("b", "a")
    .metric("d", "cpu", () => 1)
    .log("c", Level.info, "hello", [1, 2, 3])
    .signals();
  expect(names(rankServices(signals, windows))).toEqual(["a", "b", "c", "d"]);
});

describe("without windows", () => {
  const jump = (at: number) => (minute: number) => (minute >= at ? 90 : 10) + (minute % 3);

  it("takes those between which most changed", () => {
    const system = new System()
      .metric("a", "cpu", jump(15))
      .metric("b", "latency_ms", jump(15))
      .metric("c", "cpu", jump(6));
    expect(likelyWindows(system.signals())).toEqual({
      baseline: { from: 0, to: 15 * MINUTE },
      incident: { from: 15 * MINUTE, to: 24 * MINUTE + 1 },
    });
    expect(names(rankServices(system.signals(), null))[0]).toBe("a");
  });

  it("takes the last part of what traces were kept of", () => {
    const system = new System()
      .requests(0, 2, 20, (index) => request(index))
      .requests(60, 62, 20, (index) => request(index));
    expect(likelyWindows(system.signals())?.incident.from).toBeGreaterThan(59 * MINUTE);
  });

  it("leaves an onset aside that lies long before what was alerted of", () => {
    const system = new System().metric("a", "cpu", jump(600), 620);
    const alerts = [
      {
        time: micros(605 * MINUTE),
        service: "a",
        message: "cpu",
        fields: [],
        place: { sourceId: 1, offset: 0, record: "s1:0" },
      },
    ];
    const found = (minute: number) => ({
      baseline: { from: micros(0), to: micros(minute * MINUTE) },
      incident: { from: micros(minute * MINUTE), to: micros(620 * MINUTE) },
    });
    expect(rankingWindows(system.signals({ alerts }), found(595))).toEqual(found(595));
    expect(rankingWindows(system.signals({ alerts }), found(90)).incident.from).toBe(590 * MINUTE);
  });

  it("ranks the services of a case without any time", () => {
    expect(names(rankServices(new System().calls("b", "a").signals(), null))).toEqual(["a", "b"]);
  });
});
