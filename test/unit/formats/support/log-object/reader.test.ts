import { describe, expect, it } from "vitest";
import { fieldsOf, jsonText } from "../../../../../src/main/engine/formats/support/fields.ts";
import {
  LogObjectReader,
  type JsonObject,
  type LogObject,
} from "../../../../../src/main/engine/formats/support/log-object/reader.ts";
import { TimeReader } from "../../../../../src/main/engine/formats/support/time/reader.ts";
import { workloadOfPod } from "../../../../../src/main/engine/formats/support/workload.ts";
import { levelName } from "../../../../../src/shared/model/level.ts";
import { micros } from "../../../../../src/shared/units.ts";
import { formatTimestamp } from "../../../../../src/shared/time-text.ts";

const read = (object: JsonObject): LogObject =>
  new LogObjectReader(new TimeReader({ zone: "UTC", now: micros(1.8e15) })).read(object, jsonText(object));
const timeOf = ({ time }: LogObject): string | null =>
  time === null ? null : formatTimestamp(time.micros, time.nanos, time.digits);

describe("log objects", () => {
  it.each([
    ["pino", { level: 40, time: 1531171074631, name: "api", msg: "m" }, "warn", "api", "m"],
    [
      "winston",
      { level: "error", message: "m", timestamp: "2024-06-12T10:00:00Z", service: "cart" },
      "error",
      "cart",
      "m",
    ],
    ["zap", { level: "info", ts: 1718200001.25, logger: "x", msg: "m" }, "info", null, "m"],
    ["structlog", { event: "m", level: "warning", timestamp: "2024-06-12T10:00:00Z" }, "warn", null, "m"],
    [
      "ECS, dotted",
      { "@timestamp": "2024-06-12T10:00:00Z", "log.level": "WARN", "service.name": "cart", message: "m" },
      "warn",
      "cart",
      "m",
    ],
    [
      "ECS, nested",
      { "@timestamp": "2024-06-12T10:00:00Z", log: { level: "WARN" }, service: { name: "cart" }, message: "m" },
      "warn",
      "cart",
      "m",
    ],
    [
      "OpenTelemetry",
      {
        timestamp: "2024-06-12T10:00:00Z",
        severity_text: "ERROR",
        body: "m",
        resource: { attributes: { "service.name": "cart" } },
      },
      "error",
      "cart",
      "m",
    ],
    [
      "Google Cloud",
      { severity: "NOTICE", jsonPayload: { message: "m" }, timestamp: "2024-06-12T10:00:00Z" },
      "info",
      null,
      "m",
    ],
    ["Serilog", { "@t": "2024-06-12T10:00:00Z", "@m": "m" }, "info", null, "m"],
    [
      "MongoDB",
      { t: { $date: "2024-06-12T10:00:00Z" }, s: "W", c: "STORAGE", ctx: "main", msg: "m" },
      "warn",
      null,
      "m",
    ],
    ["GELF", { version: "1.1", short_message: "m", level: 3, timestamp: 1718200001.25 }, "error", null, "m"],
  ])("reads %s", (_, object, level, service, message) => {
    const log = read(object);
    expect([levelName(log.level), log.service, log.message]).toEqual([level, service, message]);
    expect(log.time).not.toBeNull();
  });

  it("keeps the outer time of a wrapped line whose own has no day, and takes the rest from inside", () => {
    const log = read({
      time: "2023-01-29T08:48:42.425293566Z",
      stream: "stdout",
      log: "16:48:42.424 INFO  t.s.Travel#532 TraceID: 49A51828322183eb20bfe4ace3060000 SpanID: 083e5d40259e7999 [x]\n",
      kubernetes: { pod_name: "travel-64469b5b48-25zj6", container_name: "server" },
    });
    expect([timeOf(log), levelName(log.level), log.service]).toEqual([
      "2023-01-29T08:48:42.425293566Z",
      "info",
      "travel",
    ]);
    expect([log.traceId, log.spanId]).toEqual(["49a51828322183eb20bfe4ace3060000", "083e5d40259e7999"]);
  });

  it("takes the time of a wrapped JSON line when the wrapper has none", () => {
    const log = read({ log: '{"time":"2024-06-12T10:00:00Z","level":"fatal","msg":"m"}\n', stream: "stderr" });
    expect([timeOf(log), levelName(log.level), log.message]).toEqual(["2024-06-12T10:00:00Z", "fatal", "m"]);
  });

  it("knows a request and a correlation by their usual names, and a trace from its traceparent", () => {
    const log = read({
      msg: "m",
      "x-request-id": "r1",
      correlationId: "c1",
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    });
    expect([log.requestId, log.correlationId, log.traceId, log.spanId]).toEqual([
      "r1",
      "c1",
      "4bf92f3577b34da6a3ce929d0e0e4736",
      "00f067aa0ba902b7",
    ]);
  });

  it.each([
    ["pino-http", { level: 30, time: 1709640001123, msg: "m", req: { id: "r" } }],
    ["bunyan", { level: 40, name: "orders", msg: "m", req_id: "r", v: 0 }],
    ["ECS", { "@timestamp": "2024-03-05T12:00:09Z", message: "m", http: { request: { id: "r" } } }],
    ["Google Cloud", { timestamp: "2024-03-05T12:00:17Z", jsonPayload: { message: "m", requestId: "r" } }],
    ["AWS Lambda", { timestamp: "2024-03-05T12:00:20Z", level: "ERROR", requestId: "r", message: "m" }],
    ["AWS Powertools", { level: "INFO", message: "m", function_request_id: "r" }],
    ["Serilog, compact", { "@t": "2024-03-05T12:00:23Z", "@mt": "m", RequestId: "r" }],
    ["Serilog", { Timestamp: "2024-03-05T12:00:25Z", RenderedMessage: "m", Properties: { RequestId: "r" } }],
    ["loguru", { text: "x", record: { message: "m", extra: { request_id: "r" } } }],
    ["Log4j 2", { instant: { epochSecond: 1709640029 }, message: "m", contextMap: { requestId: "r" } }],
    ["Quarkus", { timestamp: "2024-03-05T12:00:32Z", message: "m", mdc: { requestId: "r" } }],
    ["tracing", { timestamp: "2024-03-05T12:00:34Z", level: "INFO", fields: { message: "m", request_id: "r" } }],
    ["Monolog", { message: "m", context: { request_id: "r" }, level: 400 }],
    ["GELF", { short_message: "m", _request_id: "r" }],
    ["a structured line inside a message", { "@message": '{"level":"error","msg":"m","request_id":"r"}' }],
  ])("knows the request of %s", (_, object) => {
    const { message, requestId } = read(object);
    expect({ message, requestId }).toEqual({ message: "m", requestId: "r" });
  });

  it("joins the seconds and nanoseconds of Log4j 2", () =>
    expect(timeOf(read({ instant: { epochSecond: 1709640029, nanoOfSecond: 1_234_567 }, message: "m" }))).toBe(
      "2024-03-05T12:00:29.001234567Z",
    ));

  it("reads a trace id of X-Ray as the W3C one it stands for", () =>
    expect(read({ msg: "m", xray_trace_id: "1-5759E988-bd862e3fe1be46a994272793" }).traceId).toBe(
      "5759e988bd862e3fe1be46a994272793",
    ));

  it("takes a trace id of zeros for none", () =>
    expect(read({ msg: "m", trace_id: "0".repeat(32) }).traceId).toBeUndefined());

  it("is not polluted by a __proto__ key and survives a document 100,000 levels deep", () => {
    const hostile = JSON.parse('{"msg":"m","__proto__":{"level":"fatal"}}') as JsonObject;
    expect(levelName(read(hostile).level)).toBe("none");
    const deep = JSON.parse(
      `{"msg":"m","fields":${'{"fields":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
    ) as JsonObject;
    expect(read(deep).message).toBe("m");
    const fields = fieldsOf(deep);
    expect(fields).toHaveLength(2);
    expect(fields[1]?.[0].split(".")).toHaveLength(32);
  });
});

describe("workloads", () => {
  it.each([
    ["ts-order-service-5b67c48447-fj8b7", "ts-order-service"],
    ["kube-proxy-x7k2p", "kube-proxy"],
    ["inventory-0", "inventory"],
    ["backup-27899820-x7k2p", "backup"],
    ["checkout", "checkout"],
    ["order-basic", "order-basic"],
  ])("%s is of %s", (pod, workload) => expect(workloadOfPod(pod)).toBe(workload));
});
