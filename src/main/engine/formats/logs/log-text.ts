/**
 * Text logs whose records start with a time (ISO 8601, syslog RFC 3164, Apache, Java, klog …; see support/time.ts) and may
 * state a level near it. Quirk: a record may span lines; a line without a time continues the one above (stack
 * traces), and a JSON object between such lines is read as one.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, RecordInput, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample, TimePlace } from "../format.ts";
import { levelOfLetter, levelOfWord } from "../support/level.ts";
import { type LineHandler, LineReader, lineText } from "../support/lines.ts";
import { logObjectFields, LogObjectReader, parseObject, wrappedFields } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { dateOrderOfSource } from "../support/time/source-dates.ts";
import { levelOfStatus } from "../support/text-line/answer.ts";
import { TextLineReader } from "../support/text-line/reader.ts";
import { TimeReader } from "../support/time/reader.ts";
import { UndatedDays } from "../support/time/undated-days.ts";

/** A record that goes on for longer is closed: the next line without a time starts a record without one. */
const LONGEST_RECORD = 256 * 1024;
const MOST_LINES = 1_000;
const LEAST_SHARE = 0.2;
/** Of a source whose first line has a time, and others after it: its records may be blocks of many lines. */
const LEAST_SHARE_OF_BLOCKS = 0.02;
const FEWEST_BLOCKS = 3;
/** Lines of a banner before the first record. */
const MOST_HEADER = 8;
/** Of lines without times that open with a level, as Python's basicConfig, .NET's console and logcat write. */
const LEAST_LEVELLED = 0.3;
const LEVELLED = /^(?:\[?([A-Za-z]{4,11})(?:\]|: |:(?=[A-Za-z_]))|([VDIWEF])\/[\w.$-]{1,60}(?: *\( *\d+\))?: )/;
const LEAST_OF_BLOCKS = 0.55;
/** JSON objects and text in turn are a mix only with this share of text; fewer are damage in a JSON source. */
const LEAST_TEXT = 0.2;

const SPACE = 0x20;
const TAB = 0x09;
const DELETE = 0x7f;

/** Header lines of W3C logs (https://www.w3.org/TR/WD-logfile) and of Zeek's; their dates are no records. */
const DIRECTIVE =
  /^#(?:(?:Version|Fields|Software|Start-Date|End-Date|Date|Remark|GMT-Offset):|(?:separator|set_separator|empty_field|unset_field|path|open|close|fields|types)[ \t])/;

/** Those of them that say of when the lines below are, which may state no day. */
const DATING = /^#(?:Start-)?Date:\s*/;

/** What journalctl and logcat write between records, and stern of containers that come and go. */
const MARK =
  /^(?:-- (?:Logs begin|Journal begins|Boot|Reboot|No entries)\b|-{9} (?:beginning of|switch to) |[+-] \S+ › \S+$)/u;

/** What `log show` of macOS writes before the first record. */
const TABLE_HEAD = /^(?:Timestamp {3,}(?:Thread {3,}Type\b|Ty Process\[|\(process\)\[)|Filtering the log data using ")/;

const isDirective = (line: string): boolean => {
  const first = line.charCodeAt(0);
  if (first === 0x23) return DIRECTIVE.test(line);
  if (first === 0x54 || first === 0x46) return TABLE_HEAD.test(line);
  return (first === 0x2d || first === 0x2b) && MARK.test(line);
};

const isFilled = (line: string): boolean => line.trim().length > 0 && !isDirective(line);

function detect(sample: Sample): Detection | null {
  const times = new TimeReader(SAMPLE_OPTIONS);
  const reader = new TextLineReader(times);
  const unwrapper = new LogObjectReader(times);
  const { lines, lineObjects } = sample;
  const filled = lines.filter(isFilled);
  const filledObjects = lineObjects.filter((_, index) => isFilled(lines[index] ?? ""));
  let leading = 0;
  let inner = 0;
  let continued = 0;
  let objects = 0;
  let opensTimed = false;
  for (const [index, line] of filled.entries()) {
    if (line.startsWith("{") && filledObjects[index] !== null) {
      objects += 1;
      continue;
    }
    reader.read(line);
    const timed = reader.timed || (reader.wraps && unwrapper.readLine(reader).time !== null);
    if (timed && (reader.leading || !reader.timed)) leading += 1;
    else if (timed) inner += 1;
    else if (/^\s|^Caused by|^-->|^\}/.test(line)) continued += 1;
    if (index === 0 || (index < MOST_HEADER && timed && reader.leading)) opensTimed ||= timed;
  }
  const timed = leading >= inner ? leading : inner;
  const own = Math.max(filled.length - continued, 1);
  const share = (timed + objects) / own;
  const inBlocks = opensTimed && timed >= FEWEST_BLOCKS;
  const least = inBlocks ? LEAST_SHARE_OF_BLOCKS : LEAST_SHARE;
  const levelled = timed === 0 ? filled.filter((line) => levelledAs(line) !== undefined).length : 0;
  if (levelled >= FEWEST_BLOCKS && levelled >= LEAST_LEVELLED * own)
    return {
      confidence: 0.5 + 0.2 * (levelled / own),
      reason: `${levelled} of ${filled.length} lines open with a level`,
    };
  if (timed === 0 || timed / filled.length < Math.min(LEAST_TEXT / 4, least) || share < least) return null;
  if (objects > 0 && timed / own < LEAST_TEXT) return null;
  const startsTimed = leading >= inner && leading > 0;
  const most = Math.min(share, 1);
  const confidence = startsTimed ? 0.55 + 0.33 * most : Math.max(0.3 + 0.45 * most, inBlocks ? LEAST_OF_BLOCKS : 0);
  return { confidence, reason: `${timed} of ${filled.length} lines ${startsTimed ? "start with" : "hold"} a time` };
}

interface Open {
  record: RecordInput;
  /** Lines without a time belong to it. */
  readonly timed: boolean;
  /** Its message stands below it. */
  bare: boolean;
  readonly offset: number;
  readonly line: number;
  /** That the line came from, as a runtime named it; null for one without such a head. */
  readonly container: string | null;
  length: number;
  lines: number;
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const order = dateOrderOfSource(options, sink);
  const times = new TimeReader(options, order);
  const reader = new TextLineReader(times);
  const objects = new LogObjectReader(times);
  const days = new UndatedDays(options, sink);
  let open: Open | null = null;
  /** Set by the first time of the source: where that leads its line, a time further in belongs to the text. */
  let leads: boolean | null = null;

  const close = (): void => {
    if (open !== null) sink.record(open.record, open.offset, open.length, open.line);
    open = null;
  };
  const start = (record: RecordInput, timed: boolean, offset: number, length: number, line: number): void => {
    close();
    const bare = timed && reader.isBare;
    open = { record, timed, bare, offset, length, line, container: reader.wraps ? reader.service : null, lines: 1 };
  };

  /** Of the line that was read. */
  const timeOf = (): Timestamp | null => {
    const { time, timeOfDay } = reader;
    if (timeOfDay !== null) return days.place(timeOfDay);
    if (days.listens) days.sawDated(time);
    return time;
  };

  const goOn = (above: Open, end: number): void => {
    above.length = end - above.offset;
    above.lines += 1;
    sink.skip("continuation of the line above");
  };

  const handler: LineHandler = {
    tooLong: close,
    line(text, offset, length, line) {
      const first = text.charCodeAt(0);
      if (!(first > SPACE && first < DELETE) && text.trimStart().length === 0) return sink.skip("blank line");
      if ((first === SPACE || first === TAB) && open !== null && goesOn(open, offset + length))
        return goOn(open, offset + length);
      if (isDirective(text)) {
        const [dating] = DATING.exec(text) ?? [];
        if (dating !== undefined && times.whole(text.slice(dating.length))) days.heads(times.time);
        return sink.skip("header");
      }
      const object = first === 0x7b ? parseObject(text) : null;
      if (object !== null) {
        const log = objects.read(object, text);
        if (log.time !== null || log.level !== Level.none || log.message !== null) {
          if (log.outOfRange) warnOutOfRange(sink, line);
          return start(logRecord(log, text), true, offset, length, line);
        }
      }
      reader.read(text);
      if (reader.timed && !reader.wraps && (reader.leading || leads !== true) && !mayWrap(reader.message)) {
        leads ??= reader.leading;
        if (reader.outOfRange) warnOutOfRange(sink, line);
        return start(recordOf(reader, timeOf()), true, offset, length, line);
      }
      const log = reader.timed || reader.wraps ? objects.readLine(reader) : null;
      const timed = reader.timed ? reader.leading || leads !== true : log?.time !== null && log !== null;
      if (log !== null && timed) {
        leads ??= reader.leading;
        if (log.outOfRange) warnOutOfRange(sink, line);
        const time = timeOf();
        return start(logRecord(log.time === null ? { ...log, time } : log, text), true, offset, length, line);
      }
      const opened = reader.opens || (leads === null && levelledAs(text) !== undefined);
      if (open !== null && !opened && continues(open, reader, offset + length)) {
        if (open.bare) takeMessageBelow(open, reader, text);
        else if (open.record.level === Level.none && (open.lines === 1 || text.startsWith("Completed ")))
          open.record = withLevelBelow(open.record, text);
        return goOn(open, offset + length);
      }
      const { level, service, ids } = reader;
      // Of a line with a priority and no time, as RFC 3164 lets relays take.
      const message = log?.message ?? (reader.opens ? reader.message : text);
      start({ kind: "text", time: null, level, service, message, ...ids }, opened, offset, length, line);
    },
  };
  const lines = new LineReader(sink, handler, options.from);
  return {
    push: (chunk) => lines.push(chunk),
    end: () => {
      lines.end();
      close();
    },
    get pending() {
      return open === null ? null : { offset: open.offset, line: open.line - 1 };
    },
    get timePlace() {
      return leads === null || days.matters || order !== "usual" ? null : placeOf(leads);
    },
  };
}

/** Whether a message may be JSON or logfmt, which is a record of its own. */
const mayWrap = (message: string): boolean => message.charCodeAt(0) === 0x7b || /^[\w.@-]+=/.test(message);

function recordOf({ level, service, message, ids }: TextLineReader, time: Timestamp | null): RecordInput {
  const { traceId, spanId, requestId, correlationId } = ids;
  return { kind: "log", time, level, service, message, traceId, spanId, requestId, correlationId };
}

const placeOf = (leads: boolean): TimePlace => (leads ? "leading" : "inner");

/** A line whose time stands where the first one of the source stood: it is a record, and says the same to a new parser. */
function beginsRecord(line: Uint8Array, place: TimePlace): boolean {
  const text = lineText(line);
  if (isDirective(text)) return false;
  const reader = new TextLineReader(new TimeReader(SAMPLE_OPTIONS));
  reader.read(text);
  return reader.timed && placeOf(reader.leading) === place;
}

/** Of lines with a container before them only indented ones belong to the one above, and only to the same container's. */
function continues(open: Open, { wraps, service, message }: TextLineReader, end: number): boolean {
  return goesOn(open, end) && (!wraps || (open.container === service && /^\s/.test(message)));
}

/** Whether an indented line belongs to the record, which has no time or container before it. */
const goesOn = (open: Open, end: number): boolean =>
  open.timed && open.lines < MOST_LINES && end - open.offset <= LONGEST_RECORD;

/** A head with nothing behind it says nothing: its first line below does. MySQL writes what it knows of a query before it. */
function takeMessageBelow(open: Open, { level, message }: TextLineReader, text: string): void {
  if (/^(?:#|SET timestamp=|use )/.test(text)) return;
  open.bare = false;
  open.record = { ...open.record, message: level === Level.none ? text : message };
  if (open.record.level === Level.none) open.record = { ...open.record, level };
}

/** The level that opens a line, in brackets, before a colon or as logcat's letter. */
function levelledAs(line: string): Level | undefined {
  const [, word, letter] = LEVELLED.exec(line) ?? [];
  return word === undefined ? levelOfLetter(letter ?? "") : levelOfWord(word);
}

/** java.util.logging writes "LEVEL: message" below the line with the time. */
function withLevelBelow(record: RecordInput, text: string): RecordInput {
  // Rails tells below "Started GET …" how it ended.
  const answer = record.message.startsWith("Started ") ? /^Completed (\d{3}) /.exec(text)?.[1] : undefined;
  if (answer !== undefined) return { ...record, level: levelOfStatus(Number(answer)) };
  const [, word, message = ""] = /^([A-Z]{4,7}): (.*)$/s.exec(text) ?? [];
  const level = word === undefined ? undefined : levelOfWord(word);
  return level === undefined ? record : { ...record, level, message: message || record.message };
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const end = text.indexOf("\n");
  const first = end < 0 ? text : text.slice(0, end).replace(/\r$/, "");
  const rest = end < 0 ? "" : text.slice(end).replaceAll("\r\n", "\n");
  const times = new TimeReader(SAMPLE_OPTIONS);
  const objects = new LogObjectReader(times);
  const object = first.startsWith("{") ? parseObject(first) : null;
  if (object !== null)
    return { message: (objects.read(object, first).message ?? first) + rest, fields: logObjectFields(object) };
  const reader = new TextLineReader(times, true);
  reader.read(first);
  if (reader.isBare && rest !== "") return { message: rest.slice(1), fields: reader.fields };
  if (!reader.timed && !reader.wraps)
    return { message: (reader.opens ? reader.message : first) + rest, fields: reader.fields };
  const { message } = objects.readLine(reader);
  return { message: (message ?? first) + rest, fields: [...reader.fields, ...wrappedFields(reader.message)] };
}

const format: Format = {
  id: "text",
  title: "Text log",
  version: 5,
  unit: "line",
  beginsRecord,
  detect,
  parser,
  decode,
};
export default format;
