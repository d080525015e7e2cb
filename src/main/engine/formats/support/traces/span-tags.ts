/** What spans of several formats share: ids, lists of `{key, type, value}`, and what these say of failure. */
import type { Fields, FieldValue } from "../../../../../shared/model/record.ts";
import { scalarOf } from "../fields.ts";
import { idOf, traceIdOf } from "../ids.ts";
import { isObject, type JsonObject, numberOf, parseJsonValue } from "../json/value.ts";
import { SPAN_KINDS, type SpanFacts, type SpanKind } from "../../format.ts";

/** What a span's own bytes tell, where they are an object of JSON. */
export const spanReader =
  (factsOf: (span: JsonObject) => SpanFacts) =>
  (raw: Uint8Array): SpanFacts | null => {
    const span = parseJsonValue(raw);
    return isObject(span) ? factsOf(span) : null;
  };

/** A span's id; unlike a trace's it may be a plain 0. */
export const spanIdOf = (value: unknown): string | undefined => traceIdOf(value) ?? idOf(value);

export function tagsOf(list: unknown, prefix: string): Fields {
  if (!Array.isArray(list)) return [];
  return list
    .filter(isObject)
    .map((tag): [string, FieldValue] => [`${prefix}${String(scalarOf(tag["key"]))}`, scalarOf(tag["value"])]);
}

/** Whether the tags say that the span failed: by error, by OpenTelemetry's status or by an HTTP status of 5xx. */
export function tagsSayFailed(tags: Fields): boolean {
  return tags.some(([key, value]) => {
    if (key === "error") return value !== false && value !== "false" && value !== null && value !== "" && value !== 0;
    if (key === "otel.status_code") return value === "ERROR";
    if (key === "http.status_code" || key === "http.response.status_code") return (numberOf(value) ?? 0) >= 500;
    return false;
  });
}

/** What the tags tell of the failure. */
export function errorTextOf(tags: Fields): string | undefined {
  for (const wanted of ["otel.status_description", "error.message", "exception.message", "error"]) {
    const text = tags.find(([key]) => key === wanted)?.[1];
    if (typeof text === "string" && text !== "" && text !== "true" && text !== "false") return text;
  }
  return undefined;
}

/** OpenTelemetry's kinds in the order of their numbers (1 is "internal"), by number or by name in any spelling. */
export function spanKindOf(value: unknown): SpanKind | null {
  if (typeof value === "number") return SPAN_KINDS[value - 1] ?? null;
  if (typeof value !== "string") return null;
  const name = value.toLowerCase().replace(/^span_kind_/, "");
  return SPAN_KINDS.find((kind) => kind === name) ?? null;
}
