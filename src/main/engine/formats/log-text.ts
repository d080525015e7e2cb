/**
 * Text logs whose records start with a time (ISO 8601, syslog RFC 3164, Apache, Java, klog …; see support/time.ts) and may
 * state a level near it. Quirk: a record may span lines; a line without a time continues the one above (stack
 * traces), and a JSON object between such lines is read as one.
 */
import { Level } from "../../../shared/model/level.ts";
import type { DecodedRecord, RecordInput } from "../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "./format.ts";
import { LineReader, lineText } from "./support/lines.ts";
import { logObjectFields, LogObjectReader, parseObject } from "./support/log-object.ts";
import { logRecord, warnOutOfRange } from "./support/log-record.ts";
import { SAMPLE_OPTIONS } from "./support/sample-options.ts";
import { TextLineReader } from "./support/text-line.ts";
import { TimeReader } from "./support/time.ts";

/** A record that goes on for longer is closed: the next line without a time starts a record without one. */
const LONGEST_RECORD = 1024 * 1024;
const LEAST_SHARE = 0.2;
/** JSON objects and text in turn are a mix only with this share of text; fewer are damage in a JSON source. */
const LEAST_TEXT = 0.2;

function detect(sample: Sample): Detection | null {
  const reader = new TextLineReader(new TimeReader(SAMPLE_OPTIONS));
  const filled = sample.lines.filter((line) => line.trim().length > 0);
  let leading = 0;
  let inner = 0;
  let continued = 0;
  let objects = 0;
  for (const line of filled) {
    if (line.startsWith("{") && parseObject(line) !== null) {
      objects += 1;
      continue;
    }
    reader.read(line);
    if (reader.timed && reader.leading) leading += 1;
    else if (reader.timed) inner += 1;
    else if (/^\s|^Caused by|^-->|^\}/.test(line)) continued += 1;
  }
  const timed = leading >= inner ? leading : inner;
  const own = Math.max(filled.length - continued, 1);
  const share = (timed + objects) / own;
  if (timed === 0 || timed / filled.length < LEAST_TEXT / 4 || share < LEAST_SHARE) return null;
  if (objects > 0 && timed / own < LEAST_TEXT) return null;
  const startsTimed = leading >= inner && leading > 0;
  const confidence = startsTimed ? 0.55 + 0.33 * Math.min(share, 1) : 0.3 + 0.45 * Math.min(share, 1);
  return { confidence, reason: `${timed} of ${filled.length} lines ${startsTimed ? "start with" : "hold"} a time` };
}

interface Open {
  readonly record: RecordInput;
  /** Lines without a time belong to it. */
  readonly timed: boolean;
  readonly offset: number;
  readonly line: number;
  length: number;
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  const reader = new TextLineReader(times);
  const objects = new LogObjectReader(times);
  let open: Open | null = null;
  /** Set by the first time of the source: where that leads its line, a time further in belongs to the text. */
  let leads: boolean | null = null;

  const close = (): void => {
    if (open !== null) sink.record(open.record, open.offset, open.length, open.line);
    open = null;
  };
  const start = (record: RecordInput, timed: boolean, offset: number, length: number, line: number): void => {
    close();
    open = { record, timed, offset, length, line };
  };

  const lines = new LineReader(sink, {
    tooLong: close,
    line(text, offset, length, line) {
      if (text.trimStart().length === 0) return sink.skip("blank line");
      const object = text.charCodeAt(0) === 0x7b ? parseObject(text) : null;
      if (object !== null) {
        const log = objects.read(object, text);
        if (log.time !== null || log.level !== Level.none || log.message !== null) {
          if (log.outOfRange) warnOutOfRange(sink, line);
          return start(logRecord(log, text), true, offset, length, line);
        }
      }
      reader.read(text);
      if (reader.timed && (reader.leading || leads !== true)) {
        leads ??= reader.leading;
        if (reader.outOfRange) warnOutOfRange(sink, line);
        return start(recordOf(reader), true, offset, length, line);
      }
      if (open?.timed === true && offset + length - open.offset <= LONGEST_RECORD) {
        open.length = offset + length - open.offset;
        return sink.skip("continuation of the line above");
      }
      start({ ...recordOf(reader), kind: "text", time: null, message: text }, false, offset, length, line);
    },
  });
  return {
    push: (chunk) => lines.push(chunk),
    end: () => {
      lines.end();
      close();
    },
  };
}

function recordOf(reader: TextLineReader): RecordInput {
  const { time, level, service, message, ids } = reader;
  return { kind: "log", time, level, service, message, ...ids };
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const end = text.indexOf("\n");
  const first = end < 0 ? text : text.slice(0, end).replace(/\r$/, "");
  const rest = end < 0 ? "" : text.slice(end).replaceAll("\r\n", "\n");
  const times = new TimeReader(SAMPLE_OPTIONS);
  const object = first.startsWith("{") ? parseObject(first) : null;
  if (object !== null) {
    const log = new LogObjectReader(times).read(object, first);
    return { message: (log.message ?? first) + rest, fields: logObjectFields(object) };
  }
  const reader = new TextLineReader(times);
  reader.read(first);
  return { message: (reader.timed ? reader.message : first) + rest, fields: reader.fields };
}

const format: Format = { id: "text", title: "Text log", version: 1, unit: "line", detect, parser, decode };
export default format;
