/**
 * Traces of AWS X-Ray as `aws xray batch-get-traces` prints them, and segment documents alone,
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html. Quirk: a segment is JSON in a text, and
 * its subsegments, spans like itself, lie within it; these belong to its service, whatever they are named after.
 */
import { Level } from "../../../../shared/model/level.ts";
import {
  arrayOf,
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  parseJsonValue,
  textOf,
} from "../support/json/value.ts";
import type { SpanKind } from "../format.ts";
import { traceIdOf } from "../support/ids.ts";
import { type Part, partsFormat } from "../support/objects/parts-format.ts";
import { spanIdOf } from "../support/traces/span-tags.ts";

/** Segments within segments are followed this deep. */
const DEEPEST = 32;
const MICROS_PER_SECOND = 1e6;
const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;

interface SegmentPart extends Part {
  readonly service: string | null;
  readonly traceId: string | undefined;
  readonly parentId: string | undefined;
}

/** What a subsegment has from the segment around it. */
type Around = Pick<SegmentPart, "service" | "traceId" | "parentId">;

const isSegment = (value: unknown): boolean =>
  isObject(value) &&
  TRACE_ID.test(textOf(value, ["trace_id"]) ?? "") &&
  textOf(value, ["id"]) !== undefined &&
  value["start_time"] !== undefined;

const isTrace = (value: unknown): boolean =>
  isObject(value) && TRACE_ID.test(textOf(value, ["Id"]) ?? "") && Array.isArray(value["Segments"]);

function pathsOf(json: unknown): readonly string[] {
  if (isSegment(json)) return [""];
  // The daemon is sent a line that names the format before each document.
  if (isObject(json) && json["format"] === "json" && json["version"] === 1) return [""];
  if (Array.isArray(json)) return json.some(isSegment) ? ["[*]"] : json.some(isTrace) ? ["[*].Segments[*]"] : [];
  return isObject(json) && arrayOf(json, "Traces").some(isTrace) ? ["Traces[*].Segments[*]"] : [];
}

function documentOf(element: JsonObject): unknown {
  const text = element["Document"];
  if (typeof text !== "string") return element;
  try {
    return parseJsonValue(Buffer.from(text));
  } catch {
    return null;
  }
}

function segmentsOf(value: unknown, around: Around | null, depth: number): readonly SegmentPart[] {
  const outer = around === null ? {} : { segment: around.service };
  const none = { service: null, traceId: undefined, parentId: undefined };
  if (!isObject(value)) return [{ value, outer, ...(around ?? none) }];
  const { subsegments: _inner, ...own } = value;
  const service = around?.service ?? textOf(value, ["name"]) ?? null;
  const traceId = traceIdOf(textOf(value, ["trace_id"])) ?? around?.traceId;
  const parentId = spanIdOf(textOf(value, ["parent_id"])) ?? around?.parentId;
  const inner = depth < DEEPEST ? arrayOf(value, "subsegments") : [];
  const id = spanIdOf(textOf(value, ["id"]));
  return [
    { value: own, outer, service, traceId, parentId },
    ...inner.flatMap((one) => segmentsOf(one, { service, traceId, parentId: id }, depth + 1)),
  ];
}

/** A segment is called by what it answers, a subsegment by what it calls. */
function nameOf({ value, outer }: SegmentPart): string {
  if (!isObject(value)) return "span";
  const name = textOf(value, ["name"]) ?? "span";
  const request = objectOf(objectOf(value, "http") ?? {}, "request");
  const method = request && textOf(request, ["method"]);
  const operation = textOf(objectOf(value, "aws") ?? {}, ["operation"]);
  if ("segment" in outer) return operation === undefined ? name : `${name} ${operation}`;
  if (request === undefined || method === undefined) return name;
  const path = /^(?:\w+:\/\/[^/]*)?(\/[^?#]*)/.exec(textOf(request, ["url"]) ?? "")?.[1];
  return path === undefined ? `${method} ${name}` : `${method} ${path}`;
}

function message(part: SegmentPart): string {
  const cause = isObject(part.value) ? objectOf(part.value, "cause") : undefined;
  const exception = cause && arrayOf(cause, "exceptions").find(isObject);
  const said = (exception && textOf(exception, ["message", "type"])) ?? (cause && textOf(cause, ["message"]));
  return said === undefined ? nameOf(part) : `${nameOf(part)}: ${said}`;
}

/** A fault is of the server, an error of what called it. */
function levelOf(value: JsonObject): Level {
  if (value["fault"] === true || value["throttle"] === true) return Level.error;
  return value["error"] === true ? Level.warn : Level.none;
}

/** A segment answers a request; a subsegment calls AWS or another service, or is a stretch of the segment's own work. */
function kindOf({ value, outer }: SegmentPart): SpanKind {
  if (!("segment" in outer)) return "server";
  const namespace = isObject(value) ? value["namespace"] : undefined;
  return namespace === "aws" || namespace === "remote" ? "client" : "internal";
}

export default partsFormat<SegmentPart>({
  id: "xray",
  title: "AWS X-Ray traces (JSON)",
  version: 1,
  unit: "span",
  what: "segments of X-Ray",
  confidence: 0.97,
  paths: pathsOf,
  keys: ["start_time", "format"],
  parts: (element) =>
    element["format"] === "json" && element["version"] === 1 ? [] : segmentsOf(documentOf(element), null, 0),
  message,
  spanOf: (part) => ({
    id: isObject(part.value) ? (textOf(part.value, ["id"]) ?? "") : "",
    kind: kindOf(part),
    followsFrom: false,
  }),
  read(part, times) {
    const { value, service, traceId, parentId } = part;
    if (!isObject(value)) return { reason: "not-a-segment", message: "there is no JSON object as its document" };
    const spanId = spanIdOf(textOf(value, ["id"]));
    if (traceId === undefined) return { reason: "no-trace-id", message: "the segment names no trace (trace_id)" };
    if (spanId === undefined) return { reason: "no-span-id", message: "the segment has no id" };
    const start = numberOf(value["start_time"]);
    const end = numberOf(value["end_time"]);
    return {
      kind: "span",
      time: times.of(value["start_time"]),
      duration: times.duration(
        start === undefined || end === undefined ? undefined : Math.round((end - start) * MICROS_PER_SECOND),
      ),
      level: levelOf(value),
      service,
      message: message(part),
      name: nameOf(part),
      traceId,
      spanId,
      parentId,
    };
  },
});
