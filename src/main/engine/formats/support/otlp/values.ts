/** Values of OTLP's JSON encoding, https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
import type { Fields, FieldValue, Timestamp } from "../../../../../shared/model/record.ts";
import { isPlausibleTime } from "../../../../../shared/units.ts";
import { DEEPEST, fieldsOf, jsonText, scalarOf } from "../fields.ts";
import { traceIdOf } from "../ids.ts";
import { arrayOf, isObject, type JsonObject, numberOf } from "../json/value.ts";

/** An AnyValue as plain JSON; what is nested too deep stays as its text. */
export function anyValue(value: unknown, depth = 1): unknown {
  if (!isObject(value)) return value;
  if (depth > DEEPEST) return jsonText(value);
  const [kind] = Object.keys(value);
  const held = kind === undefined ? null : value[kind];
  switch (kind) {
    case undefined:
      return null;
    case "intValue": {
      const number = Number(held);
      return Number.isSafeInteger(number) ? number : String(held);
    }
    case "arrayValue":
      return isObject(held) ? arrayOf(held, "values").map((item) => anyValue(item, depth + 1)) : [];
    case "kvlistValue":
      return isObject(held) ? objectOfPairs(arrayOf(held, "values"), depth + 1) : {};
    default:
      return /^(?:string|bool|double|bytes)Value$/.test(kind) ? held : value;
  }
}

/** A list of `{key, value}` as an object. */
function objectOfPairs(list: readonly unknown[], depth: number): JsonObject {
  return Object.fromEntries(
    list.filter(isObject).map((pair) => [String(scalarOf(pair["key"])), anyValue(pair["value"], depth)]),
  );
}

export const attributesOf = (holder: JsonObject | undefined): JsonObject =>
  holder === undefined ? {} : objectOfPairs(arrayOf(holder, "attributes"), 1);

/** Each attribute as a field, its name after `prefix`. */
export function attributeFields(attributes: JsonObject, prefix: string): Fields {
  return fieldsOf(attributes).map(([key, value]): [string, FieldValue] => [prefix + key, value]);
}

/** Nanoseconds since 1970 as a number or as text. Undefined when there is none ("0"), null when it is no such time. */
export function nanoTime(value: unknown): Timestamp | null | undefined {
  const text = typeof value === "number" ? BigInt(Math.trunc(value || 0)).toString() : value;
  if (text === undefined || text === null || text === "" || text === "0") return undefined;
  if (typeof text !== "string" || !/^\d{1,20}$/.test(text)) return null;
  const micros = Number(text.slice(0, -3));
  return isPlausibleTime(micros) ? { micros, nanos: Number(text.slice(-3)), digits: 9 } : null;
}

/** An id in hexadecimal, or in the base64 of writers that use protobuf's own JSON. */
export function otlpId(value: unknown, bytes: 16 | 8): string | undefined {
  if (typeof value !== "string") return undefined;
  const base64 = /^[A-Za-z0-9+/]+=+$/.test(value) && Buffer.from(value, "base64");
  return traceIdOf(base64 && base64.length === bytes ? base64.toString("hex") : value);
}

/** A number of a data point; 64-bit integers are text. */
export function pointValue(point: JsonObject): number | undefined {
  const plain = numberOf(point["asDouble"] ?? point["asInt"] ?? point["value"]);
  if (plain !== undefined) return plain;
  const count = numberOf(point["count"]);
  const sum = numberOf(point["sum"]);
  return count !== undefined && sum !== undefined && count > 0 ? sum / count : undefined;
}
