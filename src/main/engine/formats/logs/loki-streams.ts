/**
 * Streams of logs as Loki answers a query (`/loki/api/v1/query_range`), and takes them when they are pushed,
 * https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time
 * Quirks: a line is `[nanoseconds as text, line]`, and may have metadata as a third; labels belong to all lines of a
 * stream; the line is what a program wrote, with a head of its own or as JSON.
 */
import type { DecodedRecord, RecordInput } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { aroundPath } from "../support/objects/around-path.ts";
import { fieldsOf, jsonText } from "../support/fields.ts";
import { HeldElements } from "../support/json/held-elements.ts";
import { elementParser, fileElement, type JsonElement, knownNow, type Refusal } from "../support/json/elements.ts";
import { arrayOf, isObject, type JsonObject, objectOf, parseJsonValue, textOf } from "../support/json/value.ts";
import { type LogObject, LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { serviceOfLabels } from "../support/metrics/labels.ts";
import { notAnObject } from "../support/objects/object-format.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TimeReader } from "../support/time/reader.ts";

/** A whole answer, its `data` alone, and what is pushed. */
const STREAMS = ["data.result[*]", "result[*]", "streams[*]"];
const PATHS = STREAMS.flatMap((stream) => [stream, `${stream}.stream`, `${stream}.values[*]`]);

/** What a line says under the labels of its stream; null where it has no time or no text. */
function readLine(pair: unknown, labels: JsonObject, reader: LogObjectReader): { log: LogObject; text: string } | null {
  const [timestamp, text, more] = Array.isArray(pair) ? (pair as unknown[]) : [];
  if (typeof timestamp !== "string" || !/^\d+$/.test(timestamp) || typeof text !== "string") return null;
  const own = isObject(more) ? { ...labels, ...more } : labels;
  const level = textOf(own, ["level", "severity", "detected_level"]);
  const traceId = textOf(own, ["trace_id", "traceID", "traceId"]);
  const stated = { ...(level !== undefined && { level }), ...(traceId !== undefined && { trace_id: traceId }) };
  return { log: reader.read({ timestamp, log: text, ...stated }), text };
}

class StreamReader {
  readonly #sink: RecordSink;
  readonly #reader: LogObjectReader;
  readonly #held: HeldElements;
  #labels: JsonObject | null = null;
  #context = "{}";

  constructor(options: ParseOptions, sink: RecordSink) {
    this.#sink = sink;
    this.#reader = new LogObjectReader(new TimeReader(options));
    this.#held = new HeldElements(
      (element) => this.#file(element),
      () => sink.warn("late-labels", "A stream has too many lines before its labels; some are kept without them."),
    );
  }

  element(element: JsonElement): void {
    const { path, value } = element;
    if (path.endsWith(".stream")) {
      this.#labels = isObject(value) ? value : {};
      this.#context = jsonText(this.#labels);
      this.#held.release();
    } else if (STREAMS.includes(path)) fileElement(this.#sink, element, notAnObject(value));
    else if (this.#labels === null) this.#held.hold(element);
    else this.#file(element);
  }

  leave(path: string): void {
    if (!STREAMS.includes(path)) return;
    this.#held.release();
    this.#labels = null;
    this.#context = "{}";
  }

  around(path: string): ReturnType<typeof aroundPath> {
    const labels = this.#labels;
    const parts = (at: string): Map<string, unknown> | undefined =>
      labels !== null && STREAMS.includes(at) ? new Map([[`${at}.stream`, labels]]) : undefined;
    return aroundPath(path, { parts });
  }

  #file(element: JsonElement): void {
    const record = this.#record(element);
    fileElement(this.#sink, element, record, "reason" in record ? this.around(element.path) : undefined);
  }

  #record({ value, line }: JsonElement): RecordInput | Refusal {
    const labels = this.#labels ?? {};
    const found = readLine(value, labels, this.#reader);
    if (found === null) return { reason: "no-line", message: "expected nanoseconds as text, and a line" };
    const { log, text } = found;
    if (log.outOfRange) warnOutOfRange(this.#sink, line);
    const record = logRecord(log, text);
    return { ...record, kind: "log", service: serviceOfLabels(labels) ?? record.service, context: this.#context };
  }
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const reader = new StreamReader(options, sink);
  return elementParser(sink, PATHS, {
    element: (element) => reader.element(element),
    leave: (path) => reader.leave(path),
    around: (path) => knownNow(reader.around(path)),
  });
}

const isStream = (value: unknown): boolean => isObject(value) && isObject(value["stream"]) && "values" in value;

function detect({ json }: Sample): { confidence: number; reason: string } | null {
  if (!isObject(json)) return null;
  const answer = objectOf(json, "data") ?? json;
  const list = Array.isArray(answer["result"]) ? arrayOf(answer, "result") : arrayOf(json, "streams");
  if (answer["resultType"] !== "streams" && !list.some(isStream)) return null;
  return { confidence: 0.98, reason: "streams of lines as Loki answers" };
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const pair = parseJsonValue(raw);
  const around: unknown = context === null ? {} : JSON.parse(context);
  const labels = isObject(around) ? around : {};
  const found = readLine(pair, labels, new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)));
  const [time, line, more] = Array.isArray(pair) ? (pair as unknown[]) : [];
  return {
    message: found?.log.message ?? jsonText(line ?? ""),
    fields: [...fieldsOf(labels), ...(isObject(more) ? fieldsOf(more) : []), ...fieldsOf({ time, line })],
  };
}

export default {
  id: "loki-streams",
  title: "Loki streams (JSON)",
  version: 2,
  unit: "element",
  detect,
  objectLines: { unless: ["data", "resultType"], says: null },
  parser,
  decode,
} satisfies Format;
