/** Where the objects of a JSON document stand: in an array, in the one array of an object, or one a document. */
import type { Surroundings } from "../../../../shared/model/dead-letter.ts";
import type { Sample } from "../format.ts";
import type { Fields, FieldValue } from "../../../../shared/model/record.ts";
import { fieldsOf, jsonText } from "./fields.ts";
import { isObject, type JsonObject, parseJsonValue } from "./json-value.ts";

/** What stands around an array is kept with its elements unless it is larger. */
const SURROUNDINGS_LIMIT = 4096;

export interface Shape {
  /** Path of the objects: `[*]`, `items[*]`, or `""` when each document is one. */
  readonly path: string;
  readonly objects: readonly JsonObject[];
  /** Elements that are not objects. */
  readonly others: number;
  /** The object around the array. */
  readonly wrapper: JsonObject | null;
}

/** `accepts` says whether an object is itself what is looked for, and not a wrapper. */
export function shapeOf(json: unknown, accepts: (object: JsonObject) => boolean): Shape | null {
  if (Array.isArray(json)) return newShape("[*]", json, null);
  if (!isObject(json)) return null;
  if (!accepts(json)) {
    const lists = Object.keys(json).filter((key) => isListOfObjects(json[key]));
    const [key] = lists;
    const list = key === undefined ? undefined : json[key];
    if (lists.length === 1 && key !== undefined && /^[^.[\]]+$/.test(key) && Array.isArray(list)) {
      return newShape(`${key}[*]`, list, json);
    }
  }
  return newShape("", [json], null);
}

const isListOfObjects = (value: unknown): boolean => Array.isArray(value) && value.some(isObject);

function newShape(path: string, list: readonly unknown[], wrapper: JsonObject | null): Shape {
  const objects = list.filter(isObject);
  return { path, objects, others: list.length - objects.length, wrapper };
}

/** Same for a sample: the last element may be cut and is then left out; documents on lines are taken together. */
export function shapeOfSample(sample: Sample, accepts: (object: JsonObject) => boolean): Shape | null {
  const found = shapeOf(sample.json, accepts);
  if (found === null) return null;
  if (found.path === "" && sample.jsonLines.length > 1) return newShape("", sample.jsonLines, null);
  if (sample.complete || found.objects.length < 2) return found;
  return { ...found, objects: found.objects.slice(0, -1) };
}

/** What stands around the objects, as the context of their records. */
export function surroundingsOf(shape: Shape | null): string | undefined {
  if (!shape?.wrapper) return undefined;
  const around = Object.entries(shape.wrapper).filter(([, value]) => !Array.isArray(value));
  const text = jsonText(Object.fromEntries(around));
  return around.length === 0 || text.length > SURROUNDINGS_LIMIT ? undefined : text;
}

/** What a damaged element is read under again; undefined where it needs nothing, or more than may be kept with it. */
export function aroundElements(shape: Shape | null): Surroundings | undefined {
  const context = surroundingsOf(shape);
  const key = shape?.path.replace("[*]", "");
  return context === undefined
    ? undefined
    : { before: `${context.slice(0, -1)},${JSON.stringify(key)}:[`, after: "]}" };
}

export function surroundingFields(context: string | null): Fields {
  const around = context === null ? {} : parseJsonValue(Buffer.from(context));
  if (!isObject(around)) return [];
  return fieldsOf(around).map(([key, value]): [string, FieldValue] => [`context.${key}`, value]);
}
