import { describe, expect, it } from "vitest";
import detector, { severityOfTrace } from "../../../src/main/engine/detectors/slow-traces.ts";
import { inputOf, type Row } from "./segment-of.ts";

const span = (spanId: string, at: number, lasts: number, extra: Partial<Row> = {}): Row => ({
  kind: "span",
  at,
  lasts,
  traceId: "t1",
  spanId,
  service: "frontend",
  name: "GET /cart",
  ...extra,
});
const run = (...segments: Row[][]) => detector.run(inputOf(segments));

describe("slow and failed traces", () => {
  it("sums a trace over segments and names its root and slowest span", () => {
    const { traces } = run(
      [span("b", 10.1, 200, { parentId: "a", service: "cart", name: "load" })],
      [span("a", 10, 300), span("c", 10.2, 250, { parentId: "b", service: "db", name: "select" })],
    );
    expect(traces).toEqual([
      {
        traceId: "t1",
        service: "frontend",
        name: "GET /cart",
        start: 10_000_000,
        duration: 450_000,
        spanCount: 3,
        errorCount: 0,
        services: ["cart", "db", "frontend"],
        slowestSpanId: "a",
        slowestSpanName: "GET /cart",
        slowestSpanService: "frontend",
        severity: null,
      },
    ]);
  });

  it("counts a span that several sources hold once, and those that only share its id each", () => {
    const root = span("a", 10, 300, { level: 5 });
    const { traces, events } = run(
      [root, span("b", 10.1, 200, { parentId: "a" }), root],
      [span("b", 10.1, 200, { parentId: "a" }), root, span("a", 10.05, 100, { service: "cart" })],
      [
        { kind: "span", at: 10, lasts: 300, traceId: "t1" },
        { kind: "span", at: 10, lasts: 300, traceId: "t1" },
      ],
      [span("a", 10, 300, { traceId: "t2" })],
    );
    expect(traces?.map(({ traceId, spanCount, errorCount }) => [traceId, spanCount, errorCount])).toEqual([
      ["t1", 5, 1],
      ["t2", 1, 0],
    ]);
    expect(events?.[0]?.title).toBe("GET /cart: 1 of 5 spans failed");
  });

  it.each([
    [500, 0, null],
    [500.001, 0, "MEDIUM"],
    [1_000.001, 0, "HIGH"],
    [5_000.001, 0, "CRITICAL"],
    [5, 1, "HIGH"],
    [600, 1, "HIGH"],
    [6_000, 1, "CRITICAL"],
  ] as const)("grades %f ms with %i errors %s", (milliseconds, errors, severity) => {
    expect(severityOfTrace(milliseconds, errors, [500, 1_000, 5_000])).toBe(severity);
  });

  describe("against what traces of the same root usually take", () => {
    const many = (name: string, lasts: number): Row[] =>
      Array.from({ length: 40 }, (_, at) =>
        span(`${name}${at}`, at, lasts + (at % 5), { traceId: `${name}${at}`, name }),
      );
    const odd = (name: string, lasts: number): Row => span("odd", 100, lasts, { traceId: "odd", name });

    it("finds one that takes many times as long, though it is below every limit", () => {
      const { traces, events } = run([...many("GET /cart", 20), odd("GET /cart", 300)]);
      expect(traces?.find(({ traceId }) => traceId === "odd")?.severity).toBe("MEDIUM");
      expect(events).toMatchObject([{ kind: "slow-trace", title: "GET /cart: slow: 300 ms, 14 times its usual" }]);
    });

    it("finds none where another operation is the slow one, or a few milliseconds are many times nothing", () => {
      expect(run([...many("GET /cart", 20), odd("GET /report", 300)]).events).toEqual([]);
      expect(run([...many("GET /health", 1), odd("GET /health", 40)]).events).toEqual([]);
    });

    it("finds none while too few traces tell what is usual", () => {
      expect(run([...many("GET /cart", 20).slice(0, 10), odd("GET /cart", 300)]).events).toEqual([]);
    });
  });

  it("points the event of a failed trace at its first failed span", () => {
    const { events } = run([
      span("a", 10, 900, { level: 5 }),
      span("b", 10.3, 500, { parentId: "a", service: "payment", name: "charge", level: 5 }),
      span("c", 10.1, 100, { parentId: "a", service: "cart", name: "load" }),
    ]);
    expect(events).toHaveLength(1);
    expect(events?.[0]).toMatchObject({
      kind: "failed-trace",
      severity: "HIGH",
      source: "TRACES",
      traceId: "t1",
      spanId: "a",
      tags: ["failed", "slow"],
      metadata: { spans: 3, errors: 2, durationMs: 900 },
      endTime: 10_900_000,
    });
  });

  it("makes no event of a fast trace and takes a missing parent for a root", () => {
    const { events, traces } = run([span("x", 10, 20, { parentId: "gone" })]);
    expect(events).toEqual([]);
    expect(traces).toMatchObject([{ name: "GET /cart", severity: null }]);
  });

  it("ignores spans without a time or a trace id", () => {
    const nameless = { ...span("a", 1, 9_000) };
    delete (nameless as { traceId?: string }).traceId;
    expect(run([nameless, { kind: "span", traceId: "t2", spanId: "z", lasts: 9_000 }])).toEqual({
      traces: [],
      events: [],
    });
  });
});
