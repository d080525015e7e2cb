/**
 * Samples of JSON documents: what their series is called, of which service it is, and where in the sample's own bytes its
 * number stands, for one point of many monitoring services holds several (average, maximum, count).
 */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import type { DecodedRecord, Timestamp } from "../../../../../shared/model/record.ts";
import type { RecordSink } from "../../format.ts";
import type { FieldTimes } from "../objects/field-times.ts";
import { fieldsOf, jsonText } from "../fields.ts";
import { fileElement, type JsonElement, type Refusal } from "../json/elements.ts";
import { isObject, type JsonObject, numberOf, parseJsonValue } from "../json/value.ts";
import { serviceOfLabels } from "./labels.ts";
import { pointValue } from "../otlp/values.ts";
import { sampleMessage, sampleRecord, type Series, seriesName } from "./series.ts";

export interface SampleSeries extends Series {
  /** `{name, labels, at}` as JSON. */
  readonly context: string;
}

export interface SeriesSample {
  readonly series: SampleSeries;
  readonly time: Timestamp | null;
  readonly value: number;
}

/** `at` leads from the sample's own bytes to its number: keys, and places in arrays. */
export function sampleSeries(metric: string, labels: JsonObject, at: readonly string[] = []): SampleSeries {
  const name = seriesName(metric, fieldsOf(labels)) || "value";
  return { name, service: serviceOfLabels(labels), context: jsonText({ name, labels, at }) };
}

/** A number; undefined where there is none, and a refusal of what is something else. */
export function sampleValue(value: unknown): number | undefined | Refusal {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "boolean") return Number(value);
  return numberOf(value) ?? { reason: "no-value", message: `expected a number, found ${jsonText(value).slice(0, 80)}` };
}

/** When it was measured; null for a number that is no time which can be stored, which is told. */
export function sampleTime(value: unknown, times: FieldTimes): Timestamp | null | Refusal {
  if (typeof value === "number") return times.of(value);
  const time = typeof value === "string" ? times.of(value) : null;
  return time ?? { reason: "no-time", message: `expected a time, found ${jsonText(value ?? null).slice(0, 80)}` };
}

export const isRefused = (found: unknown): found is Refusal => isObject(found) && typeof found["reason"] === "string";

/** Files an element as the samples that it holds; one whose numbers are all missing is skipped. */
export function fileSamples(
  sink: RecordSink,
  element: JsonElement,
  samples: readonly SeriesSample[] | Refusal,
  around?: Surroundings,
): void {
  if (isRefused(samples)) return fileElement(sink, element, samples, around);
  sink.read(Math.max(samples.length, 1));
  if (samples.length === 0) sink.skip("no value");
  const { offset, bytes, line } = element;
  for (const { series, time, value } of samples)
    sink.record(sampleRecord(series, time, value), offset, bytes.length, line);
}

/** A number, or the mean of several: a list, or the sum and the count of a period. Undefined for anything else. */
export function heldNumber(value: unknown): number | undefined {
  if (typeof value === "boolean") return Number(value);
  if (isObject(value)) return pointValue(value);
  if (!Array.isArray(value)) return numberOf(value);
  const numbers = value.map(numberOf).filter((number) => number !== undefined);
  return numbers.length === 0 || numbers.length < value.length
    ? undefined
    : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Reads a sample's bytes and the context that {@link sampleSeries} wrote. */
export function decodeSample(raw: Uint8Array, context: string | null): DecodedRecord {
  const own = parseJsonValue(raw);
  const series: unknown = context === null ? {} : JSON.parse(context);
  const { name = "value", labels, at } = isObject(series) ? series : {};
  let value = own;
  for (const step of Array.isArray(at) ? (at as unknown[]) : [])
    value = typeof value === "object" && value !== null ? (value as JsonObject)[String(step)] : undefined;
  return {
    message: sampleMessage(String(name), heldNumber(value)),
    fields: [...(isObject(labels) ? fieldsOf(labels) : []), ...fieldsOf(isObject(own) ? own : { sample: own })],
  };
}
