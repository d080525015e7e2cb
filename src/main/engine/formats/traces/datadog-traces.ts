/**
 * Traces as Datadog's tracers send them to the agent, https://docs.datadoghq.com/tracing/guide/send_traces_to_agent_by_api/:
 * an array of traces, each an array of spans. Quirks: times are nanoseconds whatever their size; a root's parent is 0; ids
 * are numbers beyond 2^53.
 */
import { Level } from "../../../../shared/model/level.ts";
import { isObject, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { traceIdOf } from "../support/ids.ts";
import { type Part, partsFormat } from "../support/objects/parts-format.ts";
import { spanIdOf, spanKindOf, spanReader } from "../support/traces/span-tags.ts";

const NANOS_PER_MICRO = 1_000;
/** Of the year 2001: what is smaller is written in another unit. */
const LEAST_NANOS = 1e18;

const isSpan = (value: unknown): boolean =>
  isObject(value) &&
  ["trace_id", "span_id", "name", "resource", "service"].every((key) => textOf(value, [key]) !== undefined) &&
  (numberOf(value["start"]) ?? 0) >= LEAST_NANOS &&
  numberOf(value["duration"]) !== undefined;

function pathsOf(json: unknown): readonly string[] {
  if (!Array.isArray(json)) return [];
  if (json.some(isSpan)) return ["[*]"];
  return json.some((trace) => Array.isArray(trace) && trace.some(isSpan)) ? ["[*][*]"] : [];
}

const metaOf = (span: JsonObject): JsonObject => objectOf(span, "meta") ?? {};

/** The resource tells one endpoint from another; the name only what kind of work it is. */
const nameOf = (span: JsonObject): string | undefined => textOf(span, ["resource", "name"]);

function message(span: JsonObject): string {
  const name = nameOf(span) ?? "span";
  const error = textOf(metaOf(span), ["error.message", "error.msg", "error.type"]);
  return error === undefined ? name : `${name}: ${error}`;
}

export default partsFormat<Part>({
  id: "datadog-traces",
  title: "Datadog traces (JSON)",
  version: 1,
  unit: "span",
  what: "spans as Datadog's tracers send them",
  confidence: 0.98,
  paths: pathsOf,
  parts: (span) => [{ value: span, outer: {} }],
  message: ({ value }) => (isObject(value) ? message(value) : ""),
  span: spanReader((span) => ({
    id: textOf(span, ["span_id"]) ?? "",
    kind: spanKindOf(metaOf(span)["span.kind"]),
    followsFrom: false,
  })),
  read({ value }, times) {
    const span = isObject(value) ? value : {};
    const traceId = traceIdOf(textOf(span, ["trace_id"]));
    const spanId = spanIdOf(textOf(span, ["span_id"]));
    if (traceId === undefined) return { reason: "no-trace-id", message: "the span names no trace (trace_id)" };
    if (spanId === undefined) return { reason: "no-span-id", message: "the span has no id (span_id)" };
    const nanos = numberOf(span["duration"]);
    const parent = textOf(span, ["parent_id"]);
    return {
      kind: "span",
      time: times.of(span["start"]),
      duration: times.duration(nanos === undefined ? undefined : nanos / NANOS_PER_MICRO),
      level: (numberOf(span["error"]) ?? 0) > 0 ? Level.error : Level.none,
      service: textOf(span, ["service"]) ?? null,
      message: message(span),
      name: nameOf(span),
      traceId,
      spanId,
      parentId: parent === undefined || parent === "0" ? undefined : spanIdOf(parent),
    };
  },
});
