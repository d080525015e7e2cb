import { describe, expect, it } from "vitest";
import { operationFigures, type OperationFigures } from "../../../src/main/engine/traces/operations.ts";
import { serviceGraph } from "../../../src/main/engine/traces/service-graph.ts";
import { columnsOf, type WrittenSpan } from "./trace-columns.ts";

const two: readonly WrittenSpan[] = [
  { id: "a", name: "GET /", service: "web", at: 0, for: 100 },
  { id: "b", name: "pay", service: "pay", parent: "a", at: 10, for: 40, failed: true },
  { id: "c", name: "sum", service: "pay", parent: "b", at: 20, for: 10 },
  { id: "d", name: "pay", service: "pay", parent: "a", at: 60, for: 20 },
];

describe("operations", () => {
  it("have a count, errors, percentiles and their share of the time in which no child ran", () => {
    const columns = columnsOf(two);
    const named = ({ operation, ...figures }: OperationFigures) => ({
      name: columns.operations[operation]?.name,
      ...figures,
    });
    expect(operationFigures(columns, null).map(named)).toEqual([
      { name: "GET /", count: 1, errors: 0, p50: 100, p95: 100, p99: 100, self: 40, selfShare: 0.4 },
      { name: "pay", count: 2, errors: 1, p50: 30, p95: 39, p99: 39.8, self: 50, selfShare: 0.5 },
      { name: "sum", count: 1, errors: 0, p50: 10, p95: 10, p99: 10, self: 10, selfShare: 0.1 },
    ]);
  });

  it("are those of the spans asked for alone", () => {
    const columns = columnsOf(two);
    const [only, ...others] = operationFigures(columns, Uint8Array.of(0, 0, 0, 1));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ count: 1, errors: 0, p50: 20, selfShare: 1 });
  });
});

describe("the graph of services", () => {
  const graphOf = (spans: readonly WrittenSpan[], mask: Uint8Array | null = null) => {
    const columns = columnsOf(spans);
    const { services, calls } = serviceGraph(columns, mask);
    const name = (code: number): string => columns.services[code] ?? "–";
    return {
      services: services.map(({ service, count, errors }) => [name(service), count, errors]),
      calls: calls.map(({ from, to, count, errors, p50 }) => [`${name(from)}>${name(to)}`, count, errors, p50]),
    };
  };

  it("counts a call where a span's parent is of another service, and not the spans within a service", () => {
    expect(graphOf(two)).toEqual({
      services: [
        ["web", 1, 0],
        ["pay", 2, 1],
      ],
      calls: [["web>pay", 2, 1, 30]],
    });
  });

  it("looks through spans without a service to the one that called", () => {
    expect(
      graphOf([
        { id: "a", service: "web", at: 0, for: 100 },
        { id: "b", service: "", parent: "a", at: 0, for: 90 },
        { id: "c", service: "pay", parent: "b", at: 0, for: 80 },
      ]).calls,
    ).toEqual([["web>pay", 1, 0, 80]]);
  });

  it("counts a span that two dumps hold once", () => {
    const again = two.map((span) => ({ ...span }));
    expect(graphOf([...two, ...again]).calls).toEqual([["web>pay", 2, 1, 30]]);
  });

  it("shows a service that only calls, though the calls alone were asked for", () => {
    expect(graphOf(two, Uint8Array.of(0, 1, 0, 0))).toEqual({
      services: [
        ["web", 0, 0],
        ["pay", 1, 1],
      ],
      calls: [["web>pay", 1, 1, 40]],
    });
  });
});
