/**
 * Zipkin spans, version 2 and the older 1, https://zipkin.io/zipkin-api/#/default/get_trace__traceId_: a trace as an array
 * of spans, several traces as an array of these, or a span a line. Quirks: times are microseconds whatever their size;
 * both sides of one call may share an id ("shared"); a span that is reported before it ended has neither start nor
 * duration.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { Fields, FieldValue, RecordInput, Timestamp } from "../../../../shared/model/record.ts";
import { isPlausibleTime } from "../../../../shared/units.ts";
import type { Detection, Format, Sample } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { scalarOf } from "../support/fields.ts";
import { traceIdOf } from "../support/ids.ts";
import { elementParser, fileElement, type Refusal } from "../support/json/elements.ts";
import { arrayOf, isObject, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { decodeObject, notAnObject } from "../support/objects/object-format.ts";
import { errorTextOf, spanIdOf, spanKindOf, spanReader, tagsSayFailed } from "../support/traces/span-tags.ts";
import { isZipkinSpan } from "../support/traces/zipkin-span.ts";

const PATHS = ["", "[*]", "[*][*]"];
const LEAST_SHARE = 0.25;

function tagsOf(span: JsonObject): Fields {
  const tags = Object.entries(objectOf(span, "tags") ?? {});
  const noted = arrayOf(span, "binaryAnnotations").flatMap((note): [string, unknown][] =>
    isObject(note) && typeof note["key"] === "string" ? [[note["key"], note["value"]]] : [],
  );
  return [...tags, ...noted].map(([key, value]): [string, FieldValue] => [key, scalarOf(value)]);
}

/** Version 1 has no endpoint of a span: those who annotated it say where, and its beginning and end where it does not. */
function annotatedEndpoint(span: JsonObject): JsonObject {
  const notes = [...arrayOf(span, "annotations"), ...arrayOf(span, "binaryAnnotations")].filter(isObject);
  // The address of the other side is annotated by what it is: "sa", "ca".
  const own = notes.find((note) => objectOf(note, "endpoint") !== undefined && note["value"] !== true);
  return (own && objectOf(own, "endpoint")) ?? {};
}

const annotationTimes = (span: JsonObject): number[] =>
  arrayOf(span, "annotations")
    .flatMap((note) =>
      isObject(note) && /^[cs][sr]$/.test(String(note["value"])) ? [numberOf(note["timestamp"])] : [],
    )
    .filter((time) => time !== undefined)
    .toSorted((a, b) => a - b);

function annotatedDuration(span: JsonObject): number | undefined {
  const times = annotationTimes(span);
  const [first] = times;
  const last = times.at(-1);
  return first === undefined || last === undefined || times.length < 2 ? undefined : last - first;
}

function message(span: JsonObject): string {
  const name = textOf(span, ["name"]) ?? "span";
  const error = errorTextOf(tagsOf(span));
  return error === undefined ? name : `${name}: ${error}`;
}

function startOf(span: JsonObject, times: FieldTimes): Timestamp | null {
  const timestamp = span["timestamp"] ?? annotationTimes(span)[0];
  if (timestamp === undefined || timestamp === null || timestamp === 0) return null;
  const micros = Math.floor(numberOf(timestamp) ?? Number.NaN);
  if (isPlausibleTime(micros)) return { micros, nanos: 0, digits: 6 };
  times.warnTime(timestamp);
  return null;
}

function readSpan(value: unknown, times: FieldTimes): RecordInput | Refusal {
  if (!isObject(value)) return notAnObject(value);
  const traceId = traceIdOf(textOf(value, ["traceId"]));
  if (traceId === undefined)
    return { reason: "no-trace-id", message: "the span names no trace (traceId); add one to keep it" };
  const spanId = spanIdOf(textOf(value, ["id"]));
  if (spanId === undefined) return { reason: "no-span-id", message: "the span has no id (id); add one to keep it" };
  return {
    kind: "span",
    time: startOf(value, times),
    duration: times.duration(numberOf(value["duration"]) ?? annotatedDuration(value)),
    level: tagsSayFailed(tagsOf(value)) ? Level.error : Level.none,
    service: textOf(objectOf(value, "localEndpoint") ?? annotatedEndpoint(value), ["serviceName"]) ?? null,
    message: message(value),
    name: textOf(value, ["name"]),
    traceId,
    spanId,
    parentId: spanIdOf(textOf(value, ["parentId"])),
  };
}

/** The spans of a sample; the last may be cut, and is left out of a longer list. */
function spansOf({ json, jsonLines, complete }: Sample): readonly unknown[] {
  if (!Array.isArray(json)) return jsonLines.length > 1 ? jsonLines : isObject(json) ? [json] : [];
  const spans: readonly unknown[] = json.flat();
  return complete || spans.length < 2 ? spans : spans.slice(0, -1);
}

const isSpan = (value: unknown): boolean => isObject(value) && isZipkinSpan(value);

function detect(sample: Sample): Detection | null {
  const spans = spansOf(sample);
  const fitting = spans.filter(isSpan).length;
  if (fitting === 0) return null;
  const share = fitting / spans.length;
  return {
    confidence: share < LEAST_SHARE ? share : 0.9 + 0.08 * share,
    reason: `${fitting} of ${spans.length} ${spans.length === 1 ? "object is a span" : "objects are spans"} as Zipkin writes them`,
  };
}

export default {
  id: "zipkin-json",
  title: "Zipkin traces (JSON)",
  version: 2,
  unit: "span",
  detect,
  objectLines: { unless: ["localEndpoint", "remoteEndpoint"], says: null },
  parser(options, sink) {
    const times = new FieldTimes(options, sink);
    return elementParser(sink, PATHS, {
      element: (element) => fileElement(sink, element, readSpan(element.value, times)),
    });
  },
  decode: (raw) => decodeObject(raw, message),
  span: spanReader((span) => ({ id: textOf(span, ["id"]) ?? "", kind: spanKindOf(span["kind"]), followsFrom: false })),
} satisfies Format;
