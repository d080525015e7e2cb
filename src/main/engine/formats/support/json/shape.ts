/**
 * Where the objects of a JSON document stand: in an array, in the one array of an object or of the object in it, or one a
 * document.
 */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import type { Sample } from "../../format.ts";
import type { Fields, FieldValue } from "../../../../../shared/model/record.ts";
import { fieldsOf, jsonText } from "../fields.ts";
import { isObject, type JsonObject, parseJsonValue } from "./value.ts";

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
  const found = accepts(json) ? null : (onlyList(json) ?? onlyInnerList(json));
  return found === null ? newShape("", [json], null) : newShape(`${found.path}[*]`, found.list, found.wrapper);
}

interface List {
  readonly path: string;
  readonly list: readonly unknown[];
  readonly wrapper: JsonObject;
}

const isPlainKey = (key: string): boolean => /^[^.[\]]+$/.test(key);

/** The one list of objects that an object holds. */
function onlyList(json: JsonObject): List | null {
  let path: string | undefined;
  for (const key of Object.keys(json)) {
    if (!isListOfObjects(json[key])) continue;
    if (path !== undefined) return null;
    path = key;
  }
  const list = path === undefined ? undefined : json[path];
  if (path === undefined || !isPlainKey(path) || !Array.isArray(list)) return null;
  return { path, list, wrapper: json };
}

/** The same one object further in, as Elasticsearch (`hits.hits`) and Prometheus (`data.alerts`) answer. */
function onlyInnerList(json: JsonObject): List | null {
  if (Object.values(json).some(isListOfObjects)) return null;
  const inner = Object.entries(json).flatMap(([key, value]) => {
    const found = isObject(value) && isPlainKey(key) ? onlyList(value) : null;
    return found === null ? [] : [{ key, found }];
  });
  const [only, ...others] = inner;
  if (only === undefined || others.length > 0) return null;
  const around = Object.entries(json).filter(([key]) => key !== only.key);
  return {
    path: `${only.key}.${only.found.path}`,
    list: only.found.list,
    wrapper: Object.fromEntries(around),
  };
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

/** Whether the objects of a sample are its lines, and stand in none of them, unless one of these is itself looked for. */
export function isOnlyLines(sample: Sample): boolean {
  return sample.jsonLines.length > 1 && unlessAccepted(sample)?.path === "";
}

const shapes = new WeakMap<Sample, Shape | null>();

/** The same for each format that accepts none of a sample's objects. */
function unlessAccepted(sample: Sample): Shape | null {
  let shape = shapes.get(sample);
  if (shape === undefined) shapes.set(sample, (shape = shapeOf(sample.json, () => false)));
  return shape;
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
  const keys = shape?.path.replace("[*]", "").split(".") ?? [];
  return context === undefined
    ? undefined
    : {
        before: `${context.slice(0, -1)},${keys.map((key) => JSON.stringify(key)).join(":{")}:[`,
        after: `]${"}".repeat(keys.length)}`,
      };
}

export function surroundingFields(context: string | null): Fields {
  const around = context === null ? {} : parseJsonValue(Buffer.from(context));
  if (!isObject(around)) return [];
  return fieldsOf(around).map(([key, value]): [string, FieldValue] => [`context.${key}`, value]);
}
