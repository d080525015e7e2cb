/**
 * JSON lines (NDJSON), https://jsonlines.org/: one JSON object a line, as every structured logger and container runtime
 * writes. Quirks: comment lines (# or //) are not in the specification and still met; they are skipped. A JSON sequence
 * (RFC 7464) is the same with a separator before each object.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, FoundObjectLines, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { FieldValues } from "../support/log-object/field-values.ts";
import { nameOf, NoJson, parseJsonLine, RECORD_SEPARATOR, withoutSeparator } from "../support/json/line.ts";
import { parseJsonValue } from "../support/json/value.ts";
import { LEARNS_FROM, LineShapes } from "../support/log-object/line-shapes.ts";
import { type LineHandler, LineReader, lineText } from "../support/lines.ts";
import { logObjectFields, LogObjectReader, type JsonObject } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { LogViewReader } from "../support/log-object/view.ts";
import { jsonLinesDetection, ObjectLinesCount } from "../support/log-object/lines.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TimeReader } from "../support/time/reader.ts";

/** Fewer objects than this share of the lines, and the source is something else. */
const LEAST_SHARE = 0.5;

function detect(sample: Sample): Detection | null {
  const filled = sample.lines.filter(isFilled);
  const objects = sample.jsonLines;
  // A line that was cut still says what the source is.
  const meant = Math.max(objects.length, filled.filter(beginsAsObject).length);
  const share = meant / Math.max(filled.length, 1);
  if (objects.length === 0 || share < LEAST_SHARE) return null;
  const reader = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS));
  let logs = 0;
  for (const object of objects) if (saysSomething(reader, object)) logs += 1;
  return objects.length === 1 && logs === 0 ? null : jsonLinesDetection(logs, objects.length, meant, filled.length);
}

function saysSomething(reader: LogObjectReader, object: JsonObject): boolean {
  const log = reader.readForRecognition(object);
  return log.time !== null && (log.message !== null || log.level !== Level.none);
}

const isFilled = (line: string): boolean => line.trim().length > 0 && !isComment(line.trimStart());
const beginsAsObject = (line: string): boolean => withoutSeparator(line).trimStart().startsWith("{");
const isComment = (line: string): boolean => line.startsWith("#") || line.startsWith("//");

/** Not made of functions a source: what V8 compiled of them would be gone with the first collection after it. */
class JsonLines implements LineHandler {
  readonly #sink: RecordSink;
  readonly #reader: LogObjectReader;
  readonly #views: LogViewReader;
  readonly #shapes: LineShapes;
  readonly #times: TimeReader;
  readonly #found = new FieldValues();
  readonly objectLines = new ObjectLinesCount();

  constructor(options: ParseOptions, sink: RecordSink) {
    const times = new TimeReader(options);
    this.#sink = sink;
    this.#times = times;
    this.#reader = new LogObjectReader(times);
    this.#views = new LogViewReader(times);
    this.#shapes = options.shapes ?? new LineShapes(LEARNS_FROM);
  }

  bytes(bytes: Buffer, lineFrom: number, to: number, lineOffset: number, line: number): boolean {
    const sink = this.#sink;
    const separated = bytes[lineFrom] === RECORD_SEPARATOR ? 1 : 0;
    const from = lineFrom + separated;
    const offset = lineOffset + separated;
    const members = this.#shapes.read(bytes, from, to, this.#found);
    if (members === null) return false;
    const view = sink.recordView === undefined ? null : this.#views.read(this.#found, members);
    if (view !== null) {
      if (this.#shapes.hasList) this.objectLines.other();
      else this.objectLines.line(bytes, from, members, view.time, this.#times.zoned);
      sink.recordView?.(view, offset, to - from, line);
      return true;
    }
    this.objectLines.other();
    const log = this.#reader.readValues(this.#found, members);
    if (log.outOfRange) warnOutOfRange(sink, line);
    sink.record(logRecord(log, log.message ?? bytes.toString("utf8", from, to)), offset, to - from, line);
    return true;
  }

  line(whole: string, offset: number, length: number, line: number, lines: LineReader): void {
    const sink = this.#sink;
    const text = withoutSeparator(whole);
    const why = text.charCodeAt(0) === OPENING ? null : skipReason(text);
    const object = why === null ? parseJsonLine(text) : null;
    if (isObject(object) && this.#shapes.learn(text, object) && this.#byShape(whole, offset, length, line)) return;
    this.objectLines.other();
    if (why !== null) return sink.skip(why);
    if (object instanceof NoJson) {
      const message = `Line ${line} at byte ${offset} is not valid JSON${object.where}; correct it and read it again.`;
      return lines.deadLetter("invalid-json", message, offset, length, line);
    }
    if (!isObject(object)) {
      const message = `Line ${line} at byte ${offset} is ${nameOf(object)}, not a JSON object.`;
      return lines.deadLetter("not-an-object", message, offset, length, line);
    }
    const log = this.#reader.read(object, text);
    if (log.outOfRange) warnOutOfRange(sink, line);
    const separated = whole.length - text.length;
    sink.record(logRecord(log, text), offset + separated, length - separated, line);
  }

  /**
   * A line whose shape is known since just now, as the next of that shape will be read: a small file with a line that no file
   * before it had can be told without asking all formats too. Not for text that stands for other bytes.
   */
  #byShape(whole: string, offset: number, length: number, line: number): boolean {
    const bytes = Buffer.from(whole);
    return bytes.length === length && this.bytes(bytes, 0, length, offset, line);
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NoJson);

class JsonLinesParser extends LineReader {
  readonly #handler: JsonLines;

  constructor(options: ParseOptions, sink: RecordSink) {
    const handler = new JsonLines(options, sink);
    super(sink, handler, options.from);
    this.#handler = handler;
  }

  get objectLines(): FoundObjectLines | null {
    return this.#handler.objectLines.found;
  }
}

const parser = (options: ParseOptions, sink: RecordSink): Parser => new JsonLinesParser(options, sink);

const OPENING = 0x7b;

function skipReason(text: string): string | null {
  const trimmed = text.trimStart();
  if (trimmed.length === 0) return "blank line";
  return isComment(trimmed) ? "comment" : null;
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const object = parseJsonValue(Buffer.from(text)) as JsonObject;
  const log = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)).read(object, text);
  return { message: log.message ?? text, fields: logObjectFields(object) };
}

const format: Format = {
  id: "json-lines",
  title: "JSON lines",
  version: 4,
  unit: "line",
  linesStandAlone: true,
  detect,
  parser,
  decode,
};
export default format;
