import { describe, expect, it } from "vitest";
import { scopeOf } from "../../../../src/renderer/anomalies/scope.ts";
import type { Severity } from "../../../../src/shared/model/severity.ts";

const anomaly = (service: string | null, series: string, severity: Severity) => ({ service, series, severity });
const all = [
  anomaly("checkout", "latency_ms", "CRITICAL"),
  anomaly("cart", "latency_ms", "HIGH"),
  anomaly(null, "node_load1", "MEDIUM"),
];
const left = (filter: string): readonly (string | null)[] =>
  all.filter(scopeOf(filter).fits).map(({ service }) => service);

describe("the filter of all views", () => {
  it.each([
    ["service:cart", ["cart"]],
    ["-service:cart", ["checkout", null]],
    ["service:c*", ["checkout", "cart"]],
    ["service:/^ca/", ["cart"]],
    ["name:node_*", [null]],
    ["severity>=high", ["checkout", "cart"]],
    ["severity<high", [null]],
    ["service:cart OR name:node_load1", ["cart", null]],
  ])("leaves the anomalies that %s means", (filter, services) => {
    expect(left(filter)).toEqual(services);
    expect(scopeOf(filter).narrows).toBe(true);
  });

  it("is not narrowed by what is said of log lines", () => {
    expect(left('level>=error "connection refused" trace:4bf9 http.status>=500')).toEqual(["checkout", "cart", null]);
    expect(scopeOf("timeout").narrows).toBe(false);
    expect(left("timeout service:cart")).toEqual(["cart"]);
    expect(left("-(timeout service:cart)")).toEqual(["checkout", "cart", null]);
  });

  it("keeps what an alternative that says nothing of it may mean", () => {
    expect(left("service:cart OR timeout")).toEqual(["checkout", "cart", null]);
    expect(left("-(service:cart OR timeout)")).toEqual(["checkout", null]);
  });

  it("narrows nothing while it cannot be read", () => {
    expect(left('service:"ca')).toEqual(["checkout", "cart", null]);
  });
});
