/**
 * Flat spans as a JSON array or JSON lines: `trace_id, span_id, parent_id, service, name, start, duration_ms, status`.
 * There is no standard; the keys are those of exports in use, snake_case and camelCase. Quirk: the unit of a duration
 * stands in its key; a bare `duration` is milliseconds.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DurationMicros } from "../../../../shared/units.ts";
import type { FieldTimes } from "../support/objects/field-times.ts";
import { scalarOf } from "../support/fields.ts";
import { firstOf, isObject, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { traceIdOf } from "../support/ids.ts";
import { spanIdOf, spanKindOf, spanReader } from "../support/traces/span-tags.ts";
import { isZipkinSpan } from "../support/traces/zipkin-span.ts";
import { objectFormat } from "../support/objects/object-format.ts";

const TRACES = ["trace_id", "traceId", "traceID", "trace"];
const SPANS = ["span_id", "spanId", "spanID", "id"];
const PARENTS = ["parent_id", "parentId", "parentID", "parent_span_id", "parentSpanId"];
const NAMES = ["name", "operation", "operation_name", "operationName", "span_name", "resource"];
const SERVICES = ["service", "service_name", "serviceName", "service.name"];
const STARTS = [
  "start",
  "start_time",
  "startTime",
  "timestamp",
  "start_timestamp",
  "start_us",
  "start_ns",
  "time",
  "@timestamp",
];
const ENDS = ["end", "end_time", "endTime", "end_timestamp"];
/** Microseconds of one unit, by key. */
const DURATIONS: readonly (readonly [key: string, unit: number])[] = [
  ["duration_ms", 1_000],
  ["durationMs", 1_000],
  ["duration_us", 1],
  ["durationUs", 1],
  ["duration_ns", 0.001],
  ["durationNs", 0.001],
  ["duration_s", 1_000_000],
  ["duration", 1_000],
];

function serviceOf(object: JsonObject): string | null {
  return textOf(object, SERVICES) ?? null;
}

function durationOf(object: JsonObject, times: FieldTimes): DurationMicros | undefined {
  for (const [key, unit] of DURATIONS) {
    const value = numberOf(firstOf(object, [key]));
    if (value !== undefined) return times.duration(value * unit);
  }
  return times.between(times.first(object, STARTS), times.first(object, ENDS));
}

const FAILED = /^(?:error|err|fail(?:ed|ure)?|status_code_error|2)$/i;

function hasFailed(object: JsonObject): boolean {
  const status = firstOf(object, ["status", "status_code", "statusCode"]);
  const code = isObject(status) ? firstOf(status, ["code"]) : status;
  if (code !== undefined && FAILED.test(String(scalarOf(code)))) return true;
  const tags = objectOf(object, "tags") ?? objectOf(object, "attributes");
  const error = firstOf(object, ["error", "error_message"]) ?? (tags && firstOf(tags, ["error"]));
  if (error !== undefined && error !== false && error !== "" && error !== "false" && error !== 0) return true;
  const http =
    firstOf(object, ["http.status_code", "http_status", "http_status_code"]) ??
    (tags && firstOf(tags, ["http.status_code"]));
  return (numberOf(http) ?? 0) >= 500;
}

function errorText(object: JsonObject): string | undefined {
  const status = objectOf(object, "status");
  const error = firstOf(object, ["error"]);
  const inside = isObject(error) ? textOf(error, ["message", "type"]) : typeof error === "string" ? error : undefined;
  const tags = objectOf(object, "attributes") ?? objectOf(object, "tags");
  const text = inside ?? textOf(object, ["error_message", "status_message"]) ?? (status && textOf(status, ["message"]));
  const found = text ?? (tags && textOf(tags, ["error.message", "exception.message", "error"]));
  return found === "true" || found === "false" ? undefined : found;
}

function message(object: JsonObject): string {
  const name = textOf(object, NAMES) ?? "span";
  const error = errorText(object);
  return error === undefined ? name : `${name}: ${error}`;
}

export default objectFormat({
  id: "span-array",
  title: "Spans (JSON array or lines)",
  version: 3,
  unit: "span",
  what: "spans",
  confidence: 0.96,
  keys: TRACES,
  matches: (object) =>
    textOf(object, TRACES) !== undefined &&
    textOf(object, SPANS) !== undefined &&
    (textOf(object, NAMES) !== undefined || serviceOf(object) !== null) &&
    (DURATIONS.some(([key]) => firstOf(object, [key]) !== undefined) || firstOf(object, ENDS) !== undefined) &&
    firstOf(object, STARTS) !== undefined &&
    !isZipkinSpan(object) &&
    firstOf(object, ["message", "msg", "references", "processID", "startTimeUnixNano"]) === undefined,
  message,
  span: spanReader((span) => {
    const kind = spanKindOf(firstOf(span, ["kind", "span_kind", "spanKind"]));
    return { id: textOf(span, SPANS) ?? "", kind, followsFrom: false };
  }),
  read(object, times) {
    const traceId = traceIdOf(textOf(object, TRACES));
    if (traceId === undefined)
      return { reason: "no-trace-id", message: "the span names no trace (trace_id); add one to keep it" };
    const spanId = spanIdOf(textOf(object, SPANS));
    if (spanId === undefined)
      return { reason: "no-span-id", message: "the span has no id (span_id); add one to keep it" };
    return {
      kind: "span",
      time: times.first(object, STARTS),
      duration: durationOf(object, times),
      level: hasFailed(object) ? Level.error : Level.none,
      service: serviceOf(object),
      message: message(object),
      name: textOf(object, NAMES),
      traceId,
      spanId,
      parentId: spanIdOf(textOf(object, PARENTS)),
      requestId: textOf(object, ["request_id", "requestId"]),
    };
  },
});
