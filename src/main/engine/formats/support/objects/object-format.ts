/**
 * A format whose records are the JSON objects of an array, of the one array of a wrapping object, or of documents one
 * after the other: what an object is and how it reads is all that a format says.
 */
import type { DecodedRecord, RecordInput } from "../../../../../shared/model/record.ts";
import type { Format, ParseOptions, RecordSink, Sample } from "../../format.ts";
import { fieldsOf } from "../fields.ts";
import { FieldTimes } from "./field-times.ts";
import { elementParser, fileElement, type Refusal, ShapedParser } from "../json/elements.ts";
import { isOnlyLines, shapeOf, shapeOfSample } from "../json/shape.ts";
import { isObject, type JsonObject, parseJsonValue } from "../json/value.ts";

const LEAST_SHARE = 0.25;

export interface ObjectFormat extends Pick<Format, "id" | "title" | "version" | "unit" | "span"> {
  /** "3 of 3 objects are …". */
  readonly what: string;
  /** Confidence when every object matches. */
  readonly confidence: number;
  /** What {@link matches} has at least one of, whatever else it asks for. */
  readonly keys: readonly string[];
  matches(object: JsonObject): boolean;
  read(object: JsonObject, times: FieldTimes): RecordInput | Refusal;
  message(object: JsonObject): string;
}

export function objectFormat(of: ObjectFormat): Format {
  const { id, title, version, unit, span } = of;
  const matches = (object: JsonObject): boolean => of.matches(object);
  return {
    id,
    title,
    version,
    unit,
    span,
    detect(sample: Sample) {
      if (isOnlyLinesOfOthers(sample, of.keys)) return null;
      const shape = shapeOfSample(sample, matches);
      if (shape === null) return null;
      const total = shape.objects.length + shape.others;
      const matching = shape.objects.filter(matches).length;
      if (matching === 0) return null;
      const reason = `${matching} of ${total} ${total === 1 ? "object is" : "objects are"} ${of.what}`;
      return { confidence: of.confidence * weight(matching / total), reason };
    },
    objectLines: { unless: of.keys, says: null },
    parser(options: ParseOptions, sink: RecordSink) {
      const times = new FieldTimes(options, sink);
      return new ShapedParser((json) =>
        elementParser(sink, [shapeOf(json, matches)?.path ?? ""], {
          element(element) {
            const { value } = element;
            fileElement(sink, element, isObject(value) ? of.read(value, times) : notAnObject(value));
          },
        }),
      );
    },
    decode: (raw) => decodeObject(raw, (object) => of.message(object)),
  };
}

/** Most lines of logs have none of the keys that a format looks for: eight formats need not look at each of them then. */
function isOnlyLinesOfOthers(sample: Sample, keys: readonly string[]): boolean {
  for (const key of keys) if (sample.jsonKeys.has(key)) return false;
  return isOnlyLines(sample);
}

/** Damaged elements take little from the confidence, for what matches is special; a few matches alone say nothing. */
const weight = (share: number): number => (share < LEAST_SHARE ? share : 0.75 + 0.25 * share);

export const notAnObject = (value: unknown): Refusal => ({
  reason: "not-an-object",
  message: `expected an object, found ${Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`}`,
});

export function decodeObject(raw: Uint8Array, message: (object: JsonObject) => string): DecodedRecord {
  const value = parseJsonValue(raw);
  if (!isObject(value)) return { message: String(value), fields: [] };
  return { message: message(value), fields: fieldsOf(value) };
}
