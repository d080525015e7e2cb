/** A JSON object as {@link Fields}: nested keys dotted, arrays and what lies too deep as JSON text, in the source's order. */
import type { FieldValue, Fields } from "../../../../shared/model/record.ts";

/** Objects nested deeper than this stay JSON text. */
export const DEEPEST = 32;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function fieldsOf(object: Readonly<Record<string, unknown>>): Fields {
  const pairs: [string, FieldValue][] = [];
  collect(object, "", 1, pairs);
  return pairs;
}

function collect(
  object: Readonly<Record<string, unknown>>,
  prefix: string,
  depth: number,
  pairs: [string, FieldValue][],
): void {
  for (const key of Object.keys(object)) {
    const value = object[key];
    const name = prefix + key;
    if (isObject(value) && depth < DEEPEST && Object.keys(value).length > 0)
      collect(value, `${name}.`, depth + 1, pairs);
    else pairs.push([name, scalarOf(value)]);
  }
}

/** A value as a field shows it: scalars as they are, the rest as JSON text. */
export function scalarOf(value: unknown): FieldValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return jsonText(value);
}

/** JSON.stringify, for values nested deeper than its recursion can follow. */
export function jsonText(value: unknown): string {
  const out: string[] = [];
  const pending: (string | { readonly value: unknown })[] = [{ value }];
  while (pending.length > 0) {
    const next = pending.pop();
    if (next === undefined) break;
    if (typeof next === "string") out.push(next);
    else if (Array.isArray(next.value)) pushArray(next.value, pending);
    else if (isObject(next.value)) pushObject(next.value, pending);
    else out.push(JSON.stringify(next.value) ?? "null");
  }
  return out.join("");
}

type Pending = (string | { readonly value: unknown })[];

function pushArray(items: readonly unknown[], pending: Pending): void {
  pending.push("]");
  for (let index = items.length - 1; index >= 0; index -= 1) {
    pending.push({ value: items[index] });
    if (index > 0) pending.push(",");
  }
  pending.push("[");
}

function pushObject(object: Readonly<Record<string, unknown>>, pending: Pending): void {
  const keys = Object.keys(object);
  pending.push("}");
  for (let index = keys.length - 1; index >= 0; index -= 1) {
    const key = keys[index] ?? "";
    pending.push({ value: object[key] }, `${index > 0 ? "," : ""}${JSON.stringify(key)}:`);
  }
  pending.push("{");
}
