import { describe, expect, it } from "vitest";
import type { Format } from "../../../src/main/engine/formats/format.ts";
import { detectFormat, formatById } from "../../../src/main/engine/formats/registry.ts";
import { makeSample } from "../../../src/main/engine/formats/sample.ts";
import type { RecordInput } from "../../../src/shared/model/record.ts";
import { micros } from "../../../src/shared/units.ts";

interface Read {
  readonly format: string | undefined;
  readonly records: RecordInput[];
  readonly reasons: string[];
  readonly warnings: string[];
  readonly count: number;
}

/** Recognises a text by its content and reads all of it. */
function read(content: unknown): Read {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const bytes = new TextEncoder().encode(text);
  const format = detectFormat(makeSample("unnamed", bytes, true)).best?.format;
  const records: RecordInput[] = [];
  const reasons: string[] = [];
  const warnings: string[] = [];
  let count = 0;
  const parser = formatOrThrow(format).parser(
    { zone: "UTC", now: micros(1_800_000_000_000_000) },
    {
      read: (units = 1) => (count += units),
      record: (record) => records.push(record),
      deadLetter: (letter) => reasons.push(letter.reason),
      skip: () => undefined,
      warn: (key) => warnings.push(key),
      tests: () => undefined,
    },
  );
  parser.push(bytes);
  parser.end();
  return { format: format?.id, records, reasons, warnings, count };
}

function formatOrThrow(format: Format | undefined): Format {
  if (format === undefined) throw new Error("not recognised");
  return format;
}

const TRACE = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

describe("a span", () => {
  it("of a flat array has its parent, its duration in microseconds and its error", () => {
    const { format, records } = read([
      {
        trace_id: TRACE,
        span_id: "b",
        parent_id: "a",
        service: "pay",
        name: "Charge",
        start: "2026-03-02T10:30:08Z",
        duration_ms: 71.2,
        status: "ERROR",
      },
    ]);
    expect(format).toBe("span-array");
    expect(records).toMatchObject([
      { kind: "span", name: "Charge", traceId: TRACE, spanId: "b", parentId: "a", duration: 71_200, level: 5 },
    ]);
  });

  it("takes its duration from its end when it states none", () => {
    const span = {
      traceId: TRACE,
      spanId: "b",
      name: "x",
      service: "y",
      startTime: "2026-03-02T10:30:08.000000100Z",
      endTime: "2026-03-02T10:30:08.000001600Z",
    };
    expect(read([span]).records).toMatchObject([{ duration: 1.5 }]);
  });

  it("of Jaeger has the child-of reference as its parent, before one that it follows from", () => {
    const { records } = read({
      data: [
        {
          traceID: TRACE,
          spans: [
            {
              traceID: TRACE,
              spanID: "c",
              operationName: "o",
              startTime: 1_772_445_008_219_000,
              duration: 5,
              processID: "p1",
              references: [
                { refType: "FOLLOWS_FROM", spanID: "f" },
                { refType: "CHILD_OF", spanID: "p" },
              ],
            },
          ],
          processes: { p1: { serviceName: "s" } },
        },
      ],
    });
    expect(records).toMatchObject([{ service: "s", parentId: "p", duration: 5, name: "o", level: 0 }]);
  });

  it("keeps no duration below zero, and the source says so", () => {
    const { records, warnings } = read([
      { trace_id: TRACE, span_id: "b", service: "x", name: "n", start: "2026-03-02T10:30:08Z", duration_ms: -1 },
    ]);
    expect(records).toMatchObject([{ duration: undefined }]);
    expect(warnings).toContain("bad-duration");
  });

  it("of OTLP keeps its nanoseconds", () => {
    const span = {
      traceId: TRACE,
      spanId: "eee19b7ec3c1b174",
      name: "op",
      startTimeUnixNano: "1772445008123456789",
      endTimeUnixNano: "1772445008123458039",
    };
    const { records } = read({ resourceSpans: [{ resource: {}, scopeSpans: [{ spans: [span] }] }] });
    expect(records).toMatchObject([{ time: { micros: 1_772_445_008_123_456, nanos: 789, digits: 9 }, duration: 1.25 }]);
  });
});

describe("a sample", () => {
  it("of Prometheus carries its series, its labels and values that JSON lacks", () => {
    const { records } = read({
      data: {
        resultType: "matrix",
        result: [
          {
            metric: { __name__: "up", job: "api" },
            values: [
              [1, "1"],
              [1_772_445_008.5, "+Inf"],
            ],
          },
        ],
      },
    });
    expect(records).toMatchObject([
      { kind: "sample", time: null, value: 1 },
      { name: 'up{job="api"}', value: Infinity, service: "api", context: '{"__name__":"up","job":"api"}' },
    ]);
  });

  it("of an OTLP histogram is one record with the mean as its value, whatever the order of keys", () => {
    const metric = {
      histogram: { dataPoints: [{ timeUnixNano: "1772445008000000000", count: "4", sum: 10 }] },
      name: "latency",
      unit: "ms",
    };
    const { records } = read({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }], resource: {} }] });
    expect(records).toMatchObject([{ kind: "sample", name: "latency", value: 2.5 }]);
    expect(JSON.parse(records[0]?.context ?? "")).toMatchObject({
      metric: { name: "latency", unit: "ms", type: "histogram" },
    });
  });
});

describe("a change", () => {
  it("is named by its commit, flag or version and has no level", () => {
    const deploys = read([{ timestamp: "2026-03-02T09:18:00Z", service: "pay", version: "v1" }]);
    const flags = read({ timestamp: "2026-03-02T09:18:00Z", flag: "new_ui", change: "off->on" });
    expect([deploys.format, flags.format]).toEqual(["deploys", "flags"]);
    expect(deploys.records).toMatchObject([{ kind: "deploy", name: "v1", level: 0 }]);
    expect(flags.records).toMatchObject([{ kind: "flag", name: "new_ui", level: 0 }]);
  });

  it("of a CI run lasts until it was completed", () => {
    const run = {
      name: "Build",
      head_sha: "009b8a3a9ccbb128",
      status: "completed",
      conclusion: "timed_out",
      created_at: "2026-03-02T09:00:00Z",
      updated_at: "2026-03-02T09:01:00Z",
    };
    expect(read({ workflow_runs: [run] }).records).toMatchObject([{ kind: "ci-run", level: 4, duration: 60_000_000 }]);
  });
});

describe("an alert", () => {
  it("has the monitor as its name, the observed value, and the time until it was resolved", () => {
    const alert = {
      monitor: "errors",
      metric: "ratio",
      service: "pay",
      threshold: 0.05,
      observed: 0.7,
      fired_at: "2026-03-02T10:00:00Z",
      resolved_at: "2026-03-02T10:05:00Z",
      severity: "high",
    };
    expect(read(alert).records).toMatchObject([
      { kind: "alert", name: "errors", value: 0.7, level: 5, duration: 300_000_000 },
    ]);
  });
});

describe("a call of one service by another", () => {
  it("has the caller as its service, the called one as its parent and the calls as its value", () => {
    expect(read([{ parent: "a", child: "b", callCount: 7 }]).records).toMatchObject([
      { kind: "dependency", time: null, service: "a", parentId: "b", value: 7 },
    ]);
  });
});

describe("hostile JSON", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);

  it.each([
    ["json", `[${deep},{"a":${deep}}]`, 2],
    ["json-array", `[{"time":"2026-03-02T10:00:00Z","msg":"x","a":${deep}}]`, 1],
    [
      "span-array",
      `[{"trace_id":"t","span_id":"s","name":"n","start":"2026-03-02T10:00:00Z","duration_ms":1,"a":${deep}}]`,
      1,
    ],
    [
      "jaeger-json",
      `{"data":[{"spans":[{"traceID":"t","spanID":"s","operationName":"n","startTime":1,"duration":1,"tags":[{"key":"k","value":${deep}}]}]}]}`,
      1,
    ],
    [
      "zipkin-json",
      `[[{"traceId":"t","id":"s","name":"n","timestamp":1,"duration":1,"localEndpoint":{"serviceName":"a"},"tags":${'{"k":'.repeat(50_000)}1${"}".repeat(50_000)}}]]`,
      1,
    ],
    [
      "otlp-json",
      `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${'{"arrayValue":{"values":['.repeat(30_000)}${"]}}".repeat(30_000)}}]}]}]}`,
      1,
    ],
  ])("of 100,000 levels is read as %s", (id, text, count) => {
    const { format, records } = read(text);
    expect([format, records.length]).toEqual([id, count]);
  });

  it.each(["[]", '{"data":[]}', '{"resourceLogs":[]}', '{"data":{"resultType":"matrix","result":[]}}'])(
    "that holds nothing is read without a complaint: %s",
    (text) => {
      const { reasons, count, records } = read(text);
      expect(reasons).toEqual([]);
      expect(records.length).toBe(count);
    },
  );

  it.each(["[   12.345678] usb 1-1: new device\n", '["api"] started\n["db"] started\n', "[INFO] started\n"])(
    "is not what a text log is that starts with a bracket: %j",
    (text) => {
      const { tried } = detectFormat(makeSample("unnamed", new TextEncoder().encode(text), true));
      expect(tried.find(({ format }) => format === "json")?.confidence).toBe(0);
    },
  );

  it.each(["[1, 2, 3]\n", '["a]b", "c"]', '[\n "a",\n "b'])("may be an array of scalars: %j", (text) => {
    expect(read(text).format).toBe("json");
  });

  it("knows each of its formats by id", () => {
    expect(formatById("github-webhook")?.title).toBe("GitHub webhook payloads");
  });
});
