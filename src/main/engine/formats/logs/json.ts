/**
 * Any JSON document (RFC 8259, https://www.rfc-editor.org/rfc/rfc8259) that no other format knows: each element of an
 * array is a record, or the object itself. Quirk: an object around one array of timed objects gives a record an element,
 * and what stands around them is their context.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { Fields, RecordInput } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { fieldsOf, jsonText, scalarOf } from "../support/fields.ts";
import { elementParser, fileElement, knownNow, ShapedParser } from "../support/json/elements.ts";
import { aroundElements, shapeOf, type Shape, surroundingFields, surroundingsOf } from "../support/json/shape.ts";
import { firstOf, isObject, type JsonObject, parseJsonValue, textOf } from "../support/json/value.ts";

const TIMES = [
  "timestamp",
  "@timestamp",
  "time",
  "ts",
  "datetime",
  "date",
  "created_at",
  "createdAt",
  "started_at",
  "startedAt",
  "start",
  "updated_at",
  "at",
];
const TEXTS = [
  "message",
  "msg",
  "detail",
  "summary",
  "title",
  "description",
  "signature",
  "text",
  "name",
  "event",
  "status",
  "id",
];
const SERVICES = ["service", "service_name", "serviceName", "app", "application", "component", "source"];
const SHOWN = 500;

/** Elements of a wrapped array become records only when they have times of their own. */
function shapeOfAny(json: unknown): Shape | null {
  const shape = shapeOf(json, () => false);
  const timed =
    shape !== null && shape.objects.length > 0 && shape.objects.every((object) => firstOf(object, TIMES) !== undefined);
  return shape?.wrapper && !timed ? shapeOf(json, () => true) : shape;
}

function message(value: unknown): string {
  const text = isObject(value) ? textOf(value, TEXTS) : undefined;
  return (text ?? (typeof value === "string" ? value : jsonText(value))).slice(0, SHOWN);
}

function recordOf(value: unknown, times: FieldTimes, around: JsonObject, context: string | undefined): RecordInput {
  const object = isObject(value) ? value : {};
  const time = TIMES.map((key) => firstOf(object, [key])).find((found) => found !== undefined);
  return {
    kind: "json",
    time: typeof time === "string" || typeof time === "number" ? times.of(time) : null,
    level: Level.none,
    service: textOf(object, SERVICES) ?? textOf(around, SERVICES) ?? null,
    message: message(value),
    context,
  };
}

/** Whether the first line goes on after what looks like an array, as `[12.345678] usb 1-1: new device` does. */
function isBracketedText(sample: Sample): boolean {
  const line = sample.text.trimStart().split("\n", 1)[0] ?? "";
  if (!/^\[.*\]\s*\S/.test(line)) return false;
  try {
    JSON.parse(line);
    return false;
  } catch {
    return true;
  }
}

const AN_OBJECT = { confidence: 0.5, reason: "a JSON object" };

function detect(sample: Sample): { confidence: number; reason: string } | null {
  const root = sample.json;
  if (root === undefined) return null;
  if (Array.isArray(root) && !root.some((value) => typeof value === "object") && isBracketedText(sample)) return null;
  return Array.isArray(root) ? { ...AN_OBJECT, reason: "a JSON array" } : AN_OBJECT;
}

export default {
  id: "json",
  title: "JSON document",
  version: 2,
  unit: "element",
  detect,
  objectLines: { unless: [], says: AN_OBJECT },
  parser(options: ParseOptions, sink: RecordSink) {
    const times = new FieldTimes(options, sink);
    return new ShapedParser((json) => {
      const shape = shapeOfAny(json);
      const context = surroundingsOf(shape);
      return elementParser(sink, [shape?.path ?? ""], {
        element: (element) => fileElement(sink, element, recordOf(element.value, times, shape?.wrapper ?? {}, context)),
        around: () => knownNow(aroundElements(shape)),
      });
    });
  },
  decode(raw, context) {
    const value = parseJsonValue(raw);
    const own: Fields = isObject(value) ? fieldsOf(value) : [["value", scalarOf(value)]];
    return { message: message(value), fields: [...own, ...surroundingFields(context)] };
  },
} satisfies Format;
