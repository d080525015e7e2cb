import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../ingest/support.ts";
import { faultline } from "./support.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";

function file(name: string, content: unknown): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** A root that waits for a call, in which a query runs, and leaves a message behind that nobody waits for. */
const jaeger = (): string =>
  file("traces.json", {
    data: [
      {
        traceID: "trace-1",
        processes: { p1: { serviceName: "web" }, p2: { serviceName: "pay" } },
        spans: [
          jaegerSpan("query", "CHILD_OF", "call", 30, 40, "p2"),
          jaegerSpan("root", null, "", 1, 100, "p1"),
          jaegerSpan("call", "CHILD_OF", "root", 20, 60, "p2"),
          jaegerSpan("message", "FOLLOWS_FROM", "root", 70, 30, "p2"),
        ],
      },
    ],
  });

const jaegerSpan = (
  spanID: string,
  refType: string | null,
  parent: string,
  startTime: number,
  duration: number,
  processID: string,
) => ({
  spanID,
  operationName: `do ${spanID}`,
  references: refType === null ? [] : [{ refType, spanID: parent }],
  startTime,
  duration,
  processID,
});

const PATH = [
  { spanId: "root", start: 80, end: 101 },
  { spanId: "call", start: 70, end: 80 },
  { spanId: "query", start: 30, end: 70 },
  { spanId: "call", start: 20, end: 30 },
  { spanId: "root", start: 1, end: 20 },
];

describe("faultline trace --with", () => {
  const two = (): string => {
    const spans = (traceID: string, ids: readonly string[], duration: number) =>
      ids.map((id, index) => ({
        ...jaegerSpan(`${traceID}-${index}`, index === 0 ? null : "CHILD_OF", `${traceID}-0`, 10, duration, "p1"),
        traceID,
        operationName: id,
      }));
    const trace = (traceID: string, ids: readonly string[], duration: number) => ({
      traceID,
      processes: { p1: { serviceName: "web" } },
      spans: spans(traceID, ids, duration),
    });
    return file("two.json", {
      data: [trace("aaaa1", ["get", "read"], 2_000), trace("bbbb2", ["get", "write"], 5_000)],
    });
  };

  it("sets two traces side by side, path by path", async () => {
    const { code, json } = await faultline(["trace", two(), "--id", "aaaa1", "--with", "bbbb2", "--json"]);
    expect(code).toBe(0);
    const side = (durationMs: number) => ({ spans: 1, failed: 0, durationMs, selfMs: expect.any(Number) as number });
    expect(json()).toMatchObject({
      a: { traceId: "aaaa1", durationMs: 2, spans: 2, failed: 0 },
      b: { traceId: "bbbb2", durationMs: 5 },
      paths: expect.arrayContaining([
        { depth: 0, service: "web", name: "get", a: side(2), b: side(5) },
        { depth: 1, service: "web", name: "read", a: side(2), b: null },
        { depth: 1, service: "web", name: "write", a: null, b: side(5) },
      ]) as unknown,
    });
  });

  it("says so in a table for people, and when there is no such trace", async () => {
    const traces = two();
    const { stdout } = await faultline(["trace", traces, "--id", "aaaa1", "--with", "bbbb2"]);
    expect(stdout).toMatch(/only in A/);
    expect(stdout).toMatch(/only in B/);
    const missing = await faultline(["trace", traces, "--id", "aaaa1", "--with", "cccc3"]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain("cccc3");
  });
});

describe("faultline trace", () => {
  it("prints the critical path in the source's own microseconds, from its end backwards", async () => {
    const { code, json, stderr } = await faultline(["trace", jaeger(), "--id", "trace-1", "--critical-path", "--json"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(json()).toEqual({ unit: "us", sections: PATH });
  });

  it("prints nanoseconds beyond 2^53 exactly, and ids as the source writes them", async () => {
    const path = file("otlp.json", {
      resourceSpans: [
        {
          resource: { attributes: [{ key: "service.name", value: { stringValue: "web" } }] },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: TRACE.toUpperCase(),
                  spanId: "EEE19B7EC3C1B174",
                  name: "root",
                  startTimeUnixNano: "1544712660123456789",
                  endTimeUnixNano: "1544712661000000001",
                },
              ],
            },
          ],
        },
      ],
    });
    const { stdout } = await faultline(["trace", path, "--critical-path", "--json"]);
    expect(stdout.trim()).toBe(
      '{"unit":"ns","sections":[{"spanId":"EEE19B7EC3C1B174","start":1544712660123456789,"end":1544712661000000001}]}',
    );
  });

  it("joins both sides of a call that Zipkin writes under one id", async () => {
    const span = (id: string, parentId: string | null, service: string, timestamp: number, duration: number) => ({
      traceId: TRACE,
      id,
      ...(parentId === null ? {} : { parentId }),
      name: service,
      timestamp,
      duration,
      localEndpoint: { serviceName: service },
    });
    const path = file("zipkin.json", [
      [
        span("2", "1", "pay", 1_772_445_008_000_020, 50),
        span("1", null, "web", 1_772_445_008_000_000, 100),
        span("2", "1", "web", 1_772_445_008_000_010, 80),
        span("3", "2", "pay", 1_772_445_008_000_030, 10),
      ],
    ]);
    const { json } = await faultline(["trace", path, "--json"]);
    const { spans, unit } = json() as { spans: Record<string, unknown>[]; unit: string };
    expect(unit).toBe("us");
    expect(spans.map(({ spanId, service, parentId, place, self }) => [spanId, service, parentId, place, self])).toEqual(
      [
        ["1", "web", null, "as-written", 20],
        ["2", "web", "1", "as-written", 30],
        ["2", "pay", "2", "shared-id", 40],
        ["3", "pay", "2", "as-written", 10],
      ],
    );
  });

  it("prints the tree for people, and says which traces there are when none is named", async () => {
    const { stdout } = await faultline(["trace", jaeger()]);
    expect(stdout).toContain("trace trace-1");
    expect(stdout.split("\n").filter((line) => line.includes("do "))).toEqual([
      expect.stringMatching(/^do root +web/u),
      expect.stringMatching(/^ {2}do call +pay/u),
      expect.stringMatching(/^ {4}do query +pay/u),
      expect.stringMatching(/^ {2}do message +pay/u),
    ]);
    const two = file(
      "spans.jsonl",
      ["t1", "t2"]
        .map((trace) => ({
          trace_id: trace,
          span_id: "1",
          name: "a",
          service: "web",
          start: "2026-03-02T10:00:00Z",
          duration_ms: 2,
        }))
        .map((span) => JSON.stringify(span))
        .join("\n"),
    );
    const many = await faultline(["trace", two]);
    expect([many.code, many.stderr]).toEqual([2, expect.stringContaining("name one with --id (t1, t2)")]);
  });

  it("fails in words for a trace that is not there, and for what cannot be read", async () => {
    const missing = await faultline(["trace", jaeger(), "--id", "no-such"]);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('a trace "no-such"')]);
    const unread = await faultline(["trace", join(temporaryFolder(), "gone.json"), "--id", "x"]);
    expect(unread.code).toBe(1);
    expect(unread.stderr).toContain("gone.json");
  });
});

describe("faultline operations and graph", () => {
  it("print what each operation and each call between services is like", async () => {
    const path = jaeger();
    const operations = (await faultline(["operations", path, "--json"])).json() as {
      operations: Record<string, unknown>[];
    };
    expect(operations.operations[0]).toMatchObject({
      service: "pay",
      operation: "do query",
      count: 1,
      errors: 0,
      p50Micros: 40,
      selfMicros: 40,
    });
    const graph = (await faultline(["graph", path, "--json"])).json() as { calls: unknown[] };
    expect(graph.calls).toEqual([
      expect.objectContaining({ from: "web", to: "pay", count: 2, errors: 0, p50Micros: 45 }),
    ]);
  });

  it("look only at the spans of a filter", async () => {
    const { json } = await faultline(["operations", jaeger(), "--filter", 'name:"do query"', "--json"]);
    expect((json() as { spans: number }).spans).toBe(1);
  });
});
