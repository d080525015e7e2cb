/**
 * Traces as SkyWalking's query answers with them, https://skywalking.apache.org/docs/main/latest/en/api/query-protocol/
 * (`queryTrace`). Quirk: the id of a span is its number in a segment, so that only both together tell it apart; the first
 * span of a segment refers to its parent in another one.
 */
import { Level } from "../../../../shared/model/level.ts";
import { arrayOf, isObject, type JsonObject, numberOf, textOf } from "../support/json/value.ts";
import { traceIdOf } from "../support/ids.ts";
import { type Part, partsFormat } from "../support/objects/parts-format.ts";
import { errorTextOf, spanReader, tagsOf } from "../support/traces/span-tags.ts";
import type { SpanKind } from "../format.ts";

const KINDS: Readonly<Record<string, SpanKind>> = { Entry: "server", Exit: "client", Local: "internal" };
/** What answers are wrapped in, and the names that queries give the trace. */
const PLACES = ["spans", "trace.spans", "data.trace.spans", "data.queryTrace.spans"];

const isSpan = (value: unknown): boolean =>
  isObject(value) &&
  ["traceId", "segmentId", "spanId", "serviceCode"].every((key) => textOf(value, [key]) !== undefined);

function pathsOf(json: unknown): readonly string[] {
  const place = PLACES.find((path) => {
    let at: unknown = json;
    for (const key of path.split(".")) at = isObject(at) ? at[key] : undefined;
    return Array.isArray(at) && at.some(isSpan);
  });
  return place === undefined ? [] : [`${place}[*]`];
}

const idOf = (segment: string | undefined, span: string | undefined): string | undefined =>
  segment === undefined || span === undefined ? undefined : `${segment}.${span}`;

const referenceOf = (span: JsonObject): JsonObject | undefined => arrayOf(span, "refs").find(isObject);

function parentOf(span: JsonObject): string | undefined {
  const parent = numberOf(span["parentSpanId"]) ?? -1;
  if (parent >= 0) return idOf(textOf(span, ["segmentId"]), String(parent));
  const reference = referenceOf(span);
  return reference && idOf(textOf(reference, ["parentSegmentId"]), textOf(reference, ["parentSpanId"]));
}

/** What a span logged of its failure; SkyWalking has "error.kind", "message" and "stack" there. */
function errorOf(span: JsonObject): string | undefined {
  const logs = arrayOf(span, "logs").filter(isObject);
  const logged = logs.flatMap((log) => arrayOf(log, "data").filter(isObject));
  const said = logged.find((entry) => textOf(entry, ["key"]) === "message");
  return (said && textOf(said, ["value"])) ?? errorTextOf(tagsOf(span["tags"], ""));
}

function message(span: JsonObject): string {
  const name = textOf(span, ["endpointName", "component"]) ?? "span";
  const error = span["isError"] === true ? errorOf(span) : undefined;
  return error === undefined ? name : `${name}: ${error}`;
}

export default partsFormat<Part>({
  id: "skywalking-json",
  title: "SkyWalking traces (JSON)",
  version: 1,
  unit: "span",
  what: "spans of SkyWalking",
  confidence: 0.97,
  paths: pathsOf,
  parts: (span) => [{ value: span, outer: {} }],
  message: ({ value }) => (isObject(value) ? message(value) : ""),
  span: spanReader((span) => {
    const reference = referenceOf(span);
    return {
      id: idOf(textOf(span, ["segmentId"]), textOf(span, ["spanId"])) ?? "",
      kind: KINDS[textOf(span, ["type"]) ?? ""] ?? null,
      followsFrom: reference !== undefined && textOf(reference, ["type"]) === "CROSS_THREAD",
    };
  }),
  read({ value }, times) {
    const span = isObject(value) ? value : {};
    const traceId = traceIdOf(textOf(span, ["traceId"]));
    const spanId = idOf(textOf(span, ["segmentId"]), textOf(span, ["spanId"]));
    if (traceId === undefined) return { reason: "no-trace-id", message: "the span names no trace (traceId)" };
    if (spanId === undefined) return { reason: "no-span-id", message: "the span has no segmentId and spanId" };
    const time = times.of(span["startTime"]);
    return {
      kind: "span",
      time,
      duration: times.between(time, times.of(span["endTime"])),
      level: span["isError"] === true ? Level.error : Level.none,
      service: textOf(span, ["serviceCode"]) ?? null,
      message: message(span),
      name: textOf(span, ["endpointName", "component"]),
      traceId,
      spanId: spanId.toLowerCase(),
      parentId: parentOf(span)?.toLowerCase(),
    };
  },
});
