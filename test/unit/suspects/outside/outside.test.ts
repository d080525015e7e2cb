// Causes that nobody of the system made: traffic at the door, hosts of others, status reports.
import { describe, expect, it } from "vitest";
import { findBeginning, type Beginning } from "../../../../src/main/engine/suspects/onset.ts";
import { environmentCauses } from "../../../../src/main/engine/suspects/outside/environment.ts";
import { foreignHosts } from "../../../../src/main/engine/suspects/outside/foreign-hosts.ts";
import { reportedCauses } from "../../../../src/main/engine/suspects/outside/reports.ts";
import { trafficCause } from "../../../../src/main/engine/suspects/outside/traffic.ts";
import type { CaseSignals } from "../../../../src/main/engine/suspects/signals.ts";
import { type Incident, signalsOf } from "../incidents/incident.ts";

const base: Incident = {
  title: "",
  calls: ["edge>shop", "shop>stock"],
  metrics: [
    { service: "edge", name: "error_ratio", from: 0.002, to: 0.4 },
    { service: "shop", name: "error_ratio", from: 0.002, to: 0.4 },
  ],
  logs: [],
  commits: [],
  deploys: [],
  alert: { at: 94, service: "edge", metric: "error_ratio", summary: "edge fails" },
  culprit: null,
};
const made = (given: Partial<Incident>): { signals: CaseSignals; beginning: Beginning } => {
  const signals = signalsOf({ ...base, ...given });
  const beginning = findBeginning(
    signals,
    { baseline: null, incident: null },
    () => [],
    () => {},
  );
  return { signals, beginning };
};

describe("more traffic", () => {
  it("is a cause where it enters", () => {
    const { signals, beginning } = made({
      metrics: [...base.metrics, { service: "edge", name: "requests_per_sec", from: 300, to: 1900, at: 89 }],
    });
    expect(trafficCause(beginning, signals.metrics)?.object).toBe("more traffic");
  });

  it("is none where only a service further in is asked more often", () => {
    const { signals, beginning } = made({
      metrics: [
        ...base.metrics,
        { service: "edge", name: "requests_per_sec", from: 300, to: 300 },
        { service: "stock", name: "requests_per_sec", from: 300, to: 1900, at: 89 },
      ],
    });
    expect(trafficCause(beginning, signals.metrics)).toBeNull();
  });
});

describe("a host of somebody else", () => {
  const hosts = (says: string): readonly string[] => {
    const { signals, beginning } = made({ logs: [{ service: "shop", level: "error", says, at: 90 }] });
    return foreignHosts(signals, beginning, new Set(["edge", "shop", "stock"])).map(({ object }) => object);
  };

  it("is one under a public name that does not answer", () => {
    expect(hosts("POST https://api.paywise.com/v1/charges: 503 Service Unavailable")).toEqual(["api.paywise.com"]);
  });

  it("is one in an address, whatever its domain", () => {
    expect(hosts("GET https://maps.geoworld.zz/directions: 429 quota exceeded")).toEqual(["maps.geoworld.zz"]);
  });

  it.each([
    ["an address within the cluster", "GET http://stock-v2.shop.svc/items: 503"],
    ["an address of a service of the case", "GET http://stock.shop/items: 503"],
    ["a name of the cluster", "lookup stock.shop.svc.cluster.local: no such host"],
    ["a service of the case", "stock.example.com timed out"],
    ["a file", "main.go:42: deadline exceeded"],
    ["a field", "http.route=/api/pay timed out"],
    ["a host in other trouble", "invalid response of api.paywise.com: missing field"],
  ])("is none in %s", (_, says) => {
    expect(hosts(says)).toEqual([]);
  });

  it("is looked for in time whatever a text holds", () => {
    expect(
      hosts(`timeout ${"a-".repeat(50_000)} ${"a.".repeat(50_000)} ${"https://".repeat(10_000)}${"a-".repeat(50_000)}`),
    ).toEqual([]);
  });
});

describe("the ground", () => {
  const grounds = (...says: readonly (readonly [service: string, says: string])[]): readonly string[] => {
    const logs = says.map(([service, text]) => ({ service, level: "error" as const, says: text, at: 90 }));
    const { signals, beginning } = made({ logs });
    return environmentCauses(signals, beginning).map(({ object }) => object);
  };

  it("is to blame for a certificate that ran out, but not for a token", () => {
    expect(grounds(["shop", "x509: certificate has expired or is not yet valid"])).toEqual([
      "a certificate that ran out",
    ]);
    expect(grounds(["shop", "token is expired"])).toEqual([]);
  });

  it("is to blame for a clock that is not set", () => {
    expect(grounds(["shop", "chronyd: no selectable sources"])).toEqual(["a clock that nobody sets"]);
    expect(grounds(["shop", "clock ticks of the worker: 12"])).toEqual([]);
  });

  it("is to blame for names only where several services say so", () => {
    expect(grounds(["shop", "lookup stock: no such host"])).toEqual([]);
    expect(grounds(["shop", "lookup stock: no such host"], ["edge", "getaddrinfo ENOTFOUND mail"])).toEqual([
      "name resolution",
    ]);
  });
});

describe("a report", () => {
  it("of trouble at that time is a cause, of all being well none", () => {
    const { signals, beginning } = made({
      reports: [
        { at: 91, component: "dns", status: "degraded", says: "resolvers time out" },
        { at: 91, component: "storage", status: "operational", says: "all is well" },
        { at: 5, component: "mail", status: "outage", says: "long ago" },
      ],
    });
    expect(reportedCauses(signals.reports, beginning).map(({ object }) => object)).toEqual(["dns"]);
  });
});
