/** Where the objects of a JSON document stand: in an array, in the one array of an object, or one a document. */
import type { Sample } from "../format.ts";
import { isObject, type JsonObject } from "./json-value.ts";

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
  if (Array.isArray(json)) return shape("[*]", json, null);
  if (!isObject(json)) return null;
  if (!accepts(json)) {
    const lists = Object.keys(json).filter((key) => isListOfObjects(json[key]));
    const [key] = lists;
    const list = key === undefined ? undefined : json[key];
    if (lists.length === 1 && key !== undefined && /^[^.[\]]+$/.test(key) && Array.isArray(list)) {
      return shape(`${key}[*]`, list, json);
    }
  }
  return shape("", [json], null);
}

const isListOfObjects = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.some(isObject);

function shape(path: string, list: readonly unknown[], wrapper: JsonObject | null): Shape {
  const objects = list.filter(isObject);
  return { path, objects, others: list.length - objects.length, wrapper };
}

/** Same for a sample: the last element may be cut and is then left out; documents on lines are taken together. */
export function shapeOfSample(sample: Sample, accepts: (object: JsonObject) => boolean): Shape | null {
  const found = shapeOf(sample.json, accepts);
  if (found === null) return null;
  if (found.path === "" && sample.jsonLines.length > 1) return shape("", sample.jsonLines, null);
  if (sample.complete || found.objects.length < 2) return found;
  return { ...found, objects: found.objects.slice(0, -1) };
}
