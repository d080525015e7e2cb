/**
 * OpenTelemetry's logs, metrics and traces in JSON: export requests one by one, in an array, or a line each, as the
 * collector's file exporter writes them, https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 * Quirks: 64-bit integers are text or numbers beyond 2^53; ids are hexadecimal, not base64. A histogram's or summary's
 * point is one record whose value is the mean (sum / count); count, sum and buckets are its fields.
 */
import type { Surroundings } from "../../../../shared/model/dead-letter.ts";
import type { DecodedRecord, Fields, FieldValue } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { fieldsOf, jsonText } from "../support/fields.ts";
import { HeldElements } from "../support/json/held-elements.ts";
import { elementParser, fileElement, type JsonElement, knownNow } from "../support/json/elements.ts";
import { arrayOf, isObject, type JsonObject, objectOf, parseJsonValue, textOf } from "../support/json/value.ts";
import { notAnObject } from "../support/objects/object-format.ts";
import { anyValue, attributeFields, attributesOf, pointValue } from "../support/otlp/values.ts";
import { type Kind, PLACES, ROLES, WRAPPERS } from "../support/otlp/paths.ts";
import { logMessage, pointSeries, readLog, readPoint, readSpan, spanMessage } from "../support/otlp/records.ts";
import { OtlpSurroundings } from "../support/otlp/surroundings.ts";
import { sampleMessage } from "../support/metrics/series.ts";
import { spanKindOf, spanReader } from "../support/traces/span-tags.ts";

const lastStep = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

/** What stands around a record. */
interface Context {
  readonly kind: Kind;
  readonly resource: JsonObject;
  readonly scope: JsonObject;
  readonly metric?: JsonObject;
}

function serviceOf(resource: JsonObject): string | null {
  return textOf(resource, ["service.name", "k8s.deployment.name", "k8s.container.name", "host.name"]) ?? null;
}

/** Name, version and attributes of an instrumentation scope, as far as it states them. */
function scopeOf(scope: JsonObject | undefined): JsonObject {
  const stated = ["name", "version"].flatMap((key) => (scope?.[key] === undefined ? [] : [[key, scope[key]]]));
  return { ...Object.fromEntries(stated), ...attributesOf(scope) };
}

class OtlpReader {
  readonly #sink: RecordSink;
  readonly #times: FieldTimes;
  readonly #held: HeldElements;
  #resource: JsonObject | null = null;
  #scope: JsonObject = {};
  #metric: Record<string, unknown> = {};
  #contextText: string | null = null;
  readonly #document = new OtlpSurroundings();

  constructor(options: ParseOptions, sink: RecordSink) {
    this.#sink = sink;
    this.#times = new FieldTimes(options, sink);
    this.#held = new HeldElements(
      (element) => this.#file(element),
      () =>
        sink.warn("late-context", "Too many records stand before their resource or metric; some are kept without it."),
    );
  }

  element(element: JsonElement): void {
    const object = isObject(element.value) ? element.value : undefined;
    switch (ROLES.get(element.path)) {
      case "resource":
        this.#document.resource = object;
        this.#resource = attributesOf(object);
        this.#contextText = null;
        return this.#held.release();
      case "scope":
        this.#document.scope = object;
        this.#scope = scopeOf(object);
        this.#contextText = null;
        return undefined;
      case "metric-part":
        this.#metric[lastStep(element.path)] = element.value;
        return undefined;
      case "sample":
        // Type and unit may stand after the points.
        return this.#held.hold(element);
      case "log":
      case "span":
        return this.#resource === null ? this.#held.hold(element) : this.#file(element);
      default:
        return fileElement(this.#sink, element, notAnObject(element.value), this.around(element.path));
    }
  }

  /** What stands around the elements at a path at the moment. */
  around(path: string): Surroundings | undefined {
    return this.#document.around(path, this.#metric);
  }

  leave(path: string): void {
    const role = ROLES.get(path);
    if (role === "metric") {
      this.#contextText = null;
      this.#held.release();
      this.#metric = {};
    } else if (role === "scope-end") {
      this.#scope = {};
      this.#document.scope = undefined;
    } else if (role === "resource-end") {
      this.#held.release();
      this.#resource = null;
      this.#document.resource = undefined;
    }
    this.#contextText = null;
  }

  #file(element: JsonElement): void {
    const { value, path } = element;
    if (!isObject(value)) return fileElement(this.#sink, element, notAnObject(value), this.around(path));
    const kind = ROLES.get(path) as Kind;
    if (kind === "sample") this.#metric["type"] = /\.(\w+)\.dataPoints/.exec(path)?.[1];
    const read =
      kind === "log"
        ? readLog(value, this.#times)
        : kind === "span"
          ? readSpan(value, this.#times)
          : readPoint(value, this.#metric, this.#times);
    if ("reason" in read) return fileElement(this.#sink, element, read, this.around(path));
    const service = serviceOf(this.#resource ?? {});
    return fileElement(this.#sink, element, { ...read, service, context: this.#context(kind) });
  }

  #context(kind: Kind): string {
    const context: Context = {
      kind,
      resource: this.#resource ?? {},
      scope: this.#scope,
      ...(kind === "sample" && { metric: this.#metric }),
    };
    return (this.#contextText ??= jsonText(context));
  }
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const reader = new OtlpReader(options, sink);
  return elementParser(sink, [...ROLES.keys()], {
    element: (element) => reader.element(element),
    leave: (path) => reader.leave(path),
    around: (path) => knownNow(reader.around(path)),
  });
}

function detect(sample: Sample): { confidence: number; reason: string } | null {
  const outer: unknown = Array.isArray(sample.json) ? sample.json[0] : sample.json;
  if (!isObject(outer)) return null;
  const wrapper = WRAPPERS.find((key) => isObject(outer[key]));
  const first = wrapper === undefined ? outer : (objectOf(outer, wrapper) ?? outer);
  const place = PLACES.find(([, resources, scopes]) =>
    arrayOf(first, resources).some((block) => isObject(block) && (resources !== "batches" || scopes in block)),
  );
  const empty = PLACES.find(([, resources]) => resources !== "batches" && Array.isArray(first[resources]));
  const found = place ?? empty;
  return found === undefined ? null : { confidence: 0.98, reason: `holds ${found[1]} of OpenTelemetry` };
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const record = parseJsonValue(raw);
  if (!isObject(record)) return { message: String(record), fields: [] };
  const around: unknown = context === null ? {} : JSON.parse(context);
  const { kind = "log", resource, scope, metric } = isObject(around) ? around : {};
  const { attributes: _attributes, body, ...rest } = record;
  const fields: (readonly [string, FieldValue])[] = [...fieldsOf(rest)];
  if (body !== undefined) fields.push(...bodyFields(anyValue(body)));
  fields.push(...attributeFields(attributesOf(record), "attributes."));
  for (const [name, part] of [
    ["metric", metric],
    ["scope", scope],
    ["resource", resource],
  ] as const) {
    if (isObject(part)) fields.push(...attributeFields(part, `${name}.`));
  }
  if (kind === "span") return { message: spanMessage(record), fields };
  if (kind === "log") return { message: logMessage(record), fields };
  return { message: sampleMessage(pointSeries(record, isObject(metric) ? metric : {}), pointValue(record)), fields };
}

const bodyFields = (body: unknown): Fields => (isObject(body) ? attributeFields(body, "body.") : fieldsOf({ body }));

export default {
  id: "otlp-json",
  title: "OpenTelemetry (OTLP JSON)",
  version: 3,
  unit: "element",
  detect,
  parser,
  decode,
  span: spanReader((span) => ({
    id: textOf(span, ["spanId"]) ?? "",
    kind: spanKindOf(span["kind"]),
    followsFrom: false,
  })),
  around: ({ head }) => {
    const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
    const [, resources, scopes, items] = PLACES.find(([, name]) => text.includes(`"${name}"`)) ?? PLACES[0];
    return { before: `{"${resources}":[{"${scopes}":[{"${items}":[`, after: "]}]}]}" };
  },
} satisfies Format;
