/**
 * Events of security products in ArcSight's CEF,
 * https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors/pdfdoc/common-event-format-v25/common-event-format-v25.pdf, and
 * IBM's LEEF, https://www.ibm.com/docs/en/dsm?topic=overview-leef-event-components: a header between pipes behind what syslog
 * wrote, then names with their values. Quirk: values of CEF hold blanks, so that a value ends where the next name begins;
 * LEEF 2 names the character between its own.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TextLineReader } from "../support/text-line/reader.ts";
import { TimeReader } from "../support/time/reader.ts";

/** Further in it is no head any more. */
const FURTHEST = 512;
const MARK = /(?:CEF:[01]|LEEF:[12](?:\.0)?)\|/g;
const LEAST_SHARE = 0.3;
const PIPE = 0x7c;
const BACKSLASH = 0x5c;
/** Vendor, product, version, event class, and of CEF name and severity. */
const CEF_HEADER = ["vendor", "product", "product_version", "event_id", "name", "severity"] as const;
const LEEF_HEADER = ["vendor", "product", "product_version", "event_id"] as const;
const CEF_NAME = /(?:^|\s)([A-Za-z_][\w.-]{0,60}(?:\[\d+\])?)=/g;
const TIMES = ["rt", "devTime", "end", "start", "deviceReceiptTime"];

interface SecurityEvent {
  /** The line up to the event: what syslog wrote. */
  readonly head: string;
  readonly header: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, string>;
}

const markIn = (text: string): number => {
  MARK.lastIndex = 0;
  return MARK.exec(text.slice(0, FURTHEST))?.index ?? -1;
};

/** Null for a line without a whole header. */
function eventOf(text: string): SecurityEvent | null {
  const start = markIn(text);
  if (start < 0) return null;
  const isCef = text.startsWith("CEF", start);
  const names = isCef ? CEF_HEADER : LEEF_HEADER;
  const header = new Map<string, string>();
  let at = text.indexOf("|", start) + 1;
  for (const name of names) {
    const end = pipeAfter(text, at);
    if (end < 0) return null;
    header.set(name, unescaped(text.slice(at, end)));
    at = end + 1;
  }
  const head = text.slice(0, start).trim();
  if (isCef) return { head, header, values: cefValues(text.slice(at)) };
  const isSecond = text.startsWith("LEEF:2", start);
  const end = isSecond ? text.indexOf("|", at) : -1;
  // The separator of LEEF 2 may be left out.
  const stated = end >= 0 && end - at <= 6 && !text.slice(at, end).includes("=") ? text.slice(at, end) : null;
  return { head, header, values: leefValues(text.slice(stated === null ? at : end + 1), separatorOf(stated)) };
}

function pipeAfter(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === PIPE) return at;
  }
  return -1;
}

function cefValues(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let name = "";
  let from = 0;
  for (const match of text.matchAll(CEF_NAME)) {
    if (name !== "") values.set(name, unescaped(text.slice(from, match.index).trim()));
    name = match[1] ?? "";
    from = match.index + match[0].length;
  }
  if (name !== "") values.set(name, unescaped(text.slice(from).trim()));
  return values;
}

/** "^", "x7C" or "0x09"; a tab where none is stated. */
function separatorOf(stated: string | null): string {
  const code = /^(?:0?x)([0-9a-fA-F]{1,4})$/.exec(stated ?? "")?.[1];
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  return stated === null || stated === "" ? "\t" : stated;
}

function leefValues(text: string, separator: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of text.split(separator)) {
    const equals = pair.indexOf("=");
    if (equals > 0) values.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  return values;
}

const unescaped = (text: string): string =>
  text.includes("\\") ? text.replace(/\\([\\|=nr])/g, (_, code: string) => ESCAPES[code] ?? code) : text;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r" };

/** CEF counts 0 to 10 or says Low, Medium, High, Very-High; LEEF's `sev` counts 1 to 10. */
function levelOf({ header, values }: SecurityEvent): Level {
  const severity = (header.get("severity") ?? values.get("sev") ?? values.get("severity") ?? "").toLowerCase();
  const number = severity === "" ? Number.NaN : Number(severity);
  if (severity === "very-high" || number >= 9) return Level.fatal;
  if (severity === "high" || number >= 7) return Level.error;
  if (severity === "medium" || number >= 4) return Level.warn;
  return severity === "low" || number >= 0 ? Level.info : Level.none;
}

function messageOf({ header, values }: SecurityEvent): string {
  const name = header.get("name") ?? values.get("cat") ?? "";
  const id = header.get("event_id") ?? "";
  const title = name === "" ? id : header.has("name") ? name : `${id} ${name}`;
  const said = values.get("msg") ?? values.get("message");
  return said === undefined || said === title ? title : `${title}: ${said}`;
}

/** Times of an event itself; a line without one has what syslog wrote. */
class EventTimes {
  readonly #times: TimeReader;
  readonly #line: TextLineReader;

  constructor(options: ParseOptions) {
    this.#times = new TimeReader(options);
    this.#line = new TextLineReader(this.#times);
  }

  get outOfRange(): boolean {
    return this.#times.outOfRange;
  }

  of({ head, values }: SecurityEvent): Timestamp | null {
    const times = this.#times;
    for (const name of TIMES) {
      const value = values.get(name);
      if (value !== undefined && times.whole(value)) return times.time;
    }
    if (head === "") return null;
    this.#line.read(`${head} `);
    return this.#line.time;
  }
}

function detect(sample: Sample): Detection | null {
  if (!sample.text.includes("CEF:") && !sample.text.includes("LEEF:")) return null;
  if (sample.jsonLines.length > 0) return null;
  const filled = sample.lines.filter((line) => line.trim() !== "");
  const fitting = filled.filter((line) => eventOf(line) !== null).length;
  if (fitting === 0 || fitting < LEAST_SHARE * filled.length) return null;
  const share = fitting / filled.length;
  return { confidence: 0.9 + 0.07 * share, reason: `${fitting} of ${filled.length} lines are events in CEF or LEEF` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new EventTimes(options);
  const line = new TextLineReader(new TimeReader(options));
  return new LineReader(
    sink,
    {
      line(text, offset, length, number) {
        if (text.trim() === "") return sink.skip("blank line");
        const event = eventOf(text);
        if (event === null) {
          // Other programs write into the same file.
          line.read(text);
          const { time, level, service, message } = line;
          return sink.record({ kind: "log", time, level, service, message }, offset, length, number);
        }
        const time = times.of(event);
        if (time === null && times.outOfRange) warnOutOfRange(sink, number);
        const service = event.header.get("product") || null;
        sink.record(
          { kind: "log", time, level: levelOf(event), service, message: messageOf(event) },
          offset,
          length,
          number,
        );
      },
    },
    options.from,
  );
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const event = eventOf(text);
  const line = new TextLineReader(new TimeReader(SAMPLE_OPTIONS), true);
  line.read(event === null ? text : `${event.head} `);
  if (event === null) return { message: line.message, fields: line.fields };
  const head: readonly (readonly [string, FieldValue])[] = event.head === "" ? [] : line.fields;
  return { message: messageOf(event), fields: [...head, ...event.header, ...event.values] };
}

export default {
  id: "security-events",
  title: "Events in CEF or LEEF",
  version: 1,
  unit: "line",
  linesStandAlone: true,
  detect,
  parser,
  decode,
} satisfies Format;
