/** What a log, a span and a metric's point of OpenTelemetry are as records, and what each of them says. */
import { Level } from "../../../../../shared/model/level.ts";
import type { RecordInput, Timestamp } from "../../../../../shared/model/record.ts";
import { fieldsOf, jsonText } from "../fields.ts";
import type { Refusal } from "../json/elements.ts";
import { firstOf, isObject, type JsonObject, numberOf, objectOf, textOf } from "../json/value.ts";
import { levelOfOtel, levelOfWord } from "../level.ts";
import { sampleMessage, seriesName } from "../metrics/series.ts";
import type { FieldTimes } from "../objects/field-times.ts";
import { tagsSayFailed } from "../traces/span-tags.ts";
import { anyValue, attributesOf, nanoTime, otlpId, pointValue } from "./values.ts";

function timeOf(times: FieldTimes, ...candidates: readonly unknown[]): Timestamp | null {
  for (const candidate of candidates) {
    const time = nanoTime(candidate);
    if (time) return time;
    if (time === null) times.warnTime(candidate);
  }
  return null;
}

export function logMessage(log: JsonObject): string {
  const body = anyValue(log["body"]);
  if (typeof body === "string") return body;
  if (isObject(body)) return textOf(body, ["message", "msg", "log", "event"]) ?? jsonText(body);
  return body === undefined || body === null ? (textOf(log, ["eventName", "severityText"]) ?? "") : jsonText(body);
}

function logLevel(log: JsonObject): Level {
  const number = firstOf(log, ["severityNumber"]);
  const byNumber = levelOfOtel(numberOf(number) ?? 0);
  const word =
    textOf(log, ["severityText"]) ?? (typeof number === "string" ? number.replace("SEVERITY_NUMBER_", "") : "");
  return byNumber ?? levelOfWord(word) ?? Level.none;
}

export function readLog(log: JsonObject, times: FieldTimes): RecordInput {
  return {
    kind: "log",
    time: timeOf(times, log["timeUnixNano"], log["observedTimeUnixNano"]),
    level: logLevel(log),
    service: null,
    message: logMessage(log),
    traceId: otlpId(log["traceId"], 16),
    spanId: otlpId(log["spanId"], 8),
  };
}

export function spanMessage(span: JsonObject): string {
  const name = textOf(span, ["name"]) ?? "span";
  const text = textOf(objectOf(span, "status") ?? {}, ["message"]);
  return text === undefined ? name : `${name}: ${text}`;
}

function hasFailed(span: JsonObject): boolean {
  const code = objectOf(span, "status")?.["code"];
  return code === 2 || code === "STATUS_CODE_ERROR" || tagsSayFailed(fieldsOf(attributesOf(span)));
}

export function readSpan(span: JsonObject, times: FieldTimes): RecordInput | Refusal {
  const traceId = otlpId(span["traceId"], 16);
  if (traceId === undefined) return { reason: "no-trace-id", message: "the span names no trace (traceId)" };
  const spanId = otlpId(span["spanId"], 8);
  if (spanId === undefined) return { reason: "no-span-id", message: "the span has no id (spanId)" };
  const time = timeOf(times, span["startTimeUnixNano"]);
  return {
    kind: "span",
    time,
    duration: times.between(time, timeOf(times, span["endTimeUnixNano"])),
    level: hasFailed(span) ? Level.error : Level.none,
    service: null,
    message: spanMessage(span),
    name: textOf(span, ["name"]),
    traceId,
    spanId,
    parentId: otlpId(span["parentSpanId"], 8),
  };
}

export const pointSeries = (point: JsonObject, metric: JsonObject): string =>
  seriesName(textOf(metric, ["name"]) ?? "metric", fieldsOf(attributesOf(point)));

export function readPoint(point: JsonObject, metric: JsonObject, times: FieldTimes): RecordInput {
  const name = pointSeries(point, metric);
  const value = pointValue(point);
  const time = timeOf(times, point["timeUnixNano"]);
  const sample = { kind: "sample", time, level: Level.none, service: null, name, value } as const;
  return { ...sample, message: sampleMessage(name, value), ...exemplarOf(point) };
}

/**
 * The span that the point's last exemplar was measured in; of no exemplar, nothing.
 * https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exemplars
 */
function exemplarOf({ exemplars }: JsonObject): Pick<RecordInput, "traceId" | "spanId"> {
  const found = Array.isArray(exemplars) ? exemplars.filter(isObject) : [];
  const last = found.findLast((exemplar) => otlpId(exemplar["traceId"], 16) !== undefined);
  return last === undefined ? {} : { traceId: otlpId(last["traceId"], 16), spanId: otlpId(last["spanId"], 8) };
}
