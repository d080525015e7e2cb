/**
 * Events as loggers write them in XML: Log4j 1 and NLog (`log4j:event`,
 * https://logging.apache.org/log4j/1.x/apidocs/org/apache/log4j/xml/XMLLayout.html), Log4j 2 (`Event`,
 * https://logging.apache.org/log4j/2.x/manual/layouts.html) and java.util.logging (`record`,
 * https://docs.oracle.com/en/java/javase/17/core/java-logging-overview.html). Quirk: a logger appends, so that the root is not
 * closed, or missing.
 */
import { DEAD_LETTER_RAW_LIMIT } from "../../../../shared/model/dead-letter.ts";
import type { DecodedRecord, FieldValue } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { lineText } from "../support/lines.ts";
import { LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { TimeReader } from "../support/time/reader.ts";
import { type WholeElement, XmlElements } from "../support/xml/elements.ts";
import { innerOf, textOfInner, unescaped } from "../support/xml/entities.ts";

/** Which element is an event is told by what stands so near to the beginning. */
const HEAD = 4_096;
const LOG4J = /<log4j:event\s/;
const LOG4J2 = /<Event\s[^>]{0,600}\b(?:loggerName=|xmlns="https?:\/\/logging\.apache\.org\/log4j\/2\.0\/events")/;
const JAVA_UTIL = /<record>\s*<date>[^<]{1,60}<\/date>\s*<millis>/;
const ATTRIBUTE = /([A-Za-z_][\w.:-]{0,60})=(?:"([^"]*)"|'([^']*)')/g;
/** Pairs of a context: `log4j:data` in `log4j:properties`, `item` in `ContextMap`. */
const PAIR = /<(?:log4j:data|item)\s[^<>]{0,4096}>/g;

type ElementName = "log4j:event" | "Event" | "record";

interface LogEvent {
  readonly fields: ReadonlyMap<string, string>;
  readonly context: ReadonlyMap<string, string>;
  readonly message: string | null;
  /** The stack trace. */
  readonly thrown: string | null;
}

function elementIn(text: string): ElementName | null {
  const start = text.slice(0, HEAD);
  if (LOG4J.test(start)) return "log4j:event";
  if (LOG4J2.test(start)) return "Event";
  return JAVA_UTIL.test(start) ? "record" : null;
}

const attributesOf = (tag: string): Map<string, string> =>
  new Map(
    [...tag.matchAll(ATTRIBUTE)].map(([, name = "", double, single]) => [name, unescaped(double ?? single ?? "")]),
  );

/** The opening tag of an element, or "". */
function tagOf(xml: string, name: string): string {
  const start = xml.indexOf(`<${name} `);
  const end = start < 0 ? -1 : xml.indexOf(">", start);
  return end < 0 ? "" : xml.slice(start, end);
}

const textIn = (xml: string, name: string): string | null => {
  const inner = innerOf(xml, name);
  return inner === null ? null : textOfInner(inner);
};

/** Null for an element that is no event. */
function eventOf(xml: string): LogEvent | null {
  return xml.startsWith("<record") ? javaUtilEvent(xml) : log4jEvent(xml);
}

function log4jEvent(xml: string): LogEvent | null {
  const fields = attributesOf(xml.slice(0, xml.indexOf(">")));
  if (!fields.has("level")) return null;
  fields.delete("xmlns");
  const context = new Map<string, string>();
  for (const [tag] of (innerOf(xml, "log4j:properties") ?? innerOf(xml, "ContextMap") ?? "").matchAll(PAIR)) {
    const pair = attributesOf(tag);
    context.set(pair.get("name") ?? pair.get("key") ?? "", pair.get("value") ?? "");
  }
  const place = attributesOf(tagOf(xml, "log4j:locationInfo") || tagOf(xml, "Source"));
  for (const [name, value] of place) fields.set(`source.${name}`, value);
  const nested = textIn(xml, "log4j:NDC");
  if (nested !== null) fields.set("ndc", nested);
  const instant = attributesOf(tagOf(xml, "Instant"));
  const seconds = instant.get("epochSecond");
  if (seconds !== undefined)
    fields.set("timestamp", `${seconds}.${(instant.get("nanoOfSecond") ?? "0").padStart(9, "0")}`);
  const message = textIn(xml, "log4j:message") ?? textIn(xml, "Message");
  return { fields, context, message, thrown: textIn(xml, "log4j:throwable") ?? thrownIn(xml) };
}

/** Log 4j 2 writes frames as elements. */
function thrownIn(xml: string): string | null {
  const tag = tagOf(xml, "Thrown");
  const inner = innerOf(xml, "Thrown") ?? "";
  if (tag === "") return null;
  const cause = attributesOf(tag);
  const frames = [...inner.matchAll(/<ExtendedStackTraceItem\s[^<>]{0,4096}>/g)].map(([item]) => {
    const frame = attributesOf(item);
    const at = (name: string): string => frame.get(name) ?? "";
    return `\n\tat ${at("class")}.${at("method")}(${at("file")}:${at("line")})`;
  });
  return [cause.get("name"), cause.get("message")].filter(Boolean).join(": ") + frames.join("");
}

function javaUtilEvent(xml: string): LogEvent | null {
  const fields = new Map<string, string>();
  const [, exception = ""] = /<exception>([^]*)<\/exception>/.exec(xml) ?? [];
  const own = exception === "" ? xml : xml.slice(0, xml.indexOf("<exception>"));
  for (const name of ["level", "logger", "class", "method", "thread", "sequence", "date"]) {
    const value = textIn(own, name);
    if (value !== null) fields.set(name, value);
  }
  if (!fields.has("level")) return null;
  const millis = textIn(own, "millis")?.trim() ?? "";
  const nanos = textIn(own, "nanos")?.trim() ?? "";
  if (/^\d{4,16}$/.test(millis)) fields.set("timestamp", epochOf(millis, nanos));
  const said = exception === "" ? null : textIn(exception, "message");
  const frames = exception
    .split("<frame>")
    .slice(1)
    .map((frame) => {
      const at = (name: string): string => textIn(frame, name) ?? "";
      return `\n\tat ${at("class")}.${at("method")}(line ${at("line")})`;
    });
  const thrown = exception === "" ? null : `${said ?? ""}${frames.join("")}`;
  return { fields, context: new Map(), message: textIn(own, "message"), thrown };
}

/** Seconds with as many decimals as are known: the nanoseconds are those beyond the millisecond. */
function epochOf(millis: string, nanos: string): string {
  const padded = millis.padStart(4, "0");
  const beyond = /^\d{1,6}$/.test(nanos) ? nanos.padStart(6, "0") : "";
  return `${padded.slice(0, -3)}.${padded.slice(-3)}${beyond}`;
}

/** What a logger in JSON would have written. */
const objectOf = ({ fields, context, message }: LogEvent): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(fields),
  ...(message === null ? {} : { message }),
  mdc: Object.fromEntries(context),
});

function detect(sample: Sample): Detection | null {
  const start = sample.text.slice(0, HEAD).trimStart();
  const name = start.startsWith("<") ? elementIn(start) : null;
  return name === null ? null : { confidence: 0.96, reason: `events of a logger, a "${name}" each` };
}

class LogXml implements Parser {
  readonly #sink: RecordSink;
  readonly #times: TimeReader;
  readonly #reader: LogObjectReader;
  #elements: XmlElements | null = null;
  #held: Buffer = Buffer.alloc(0);

  constructor(options: ParseOptions, sink: RecordSink) {
    this.#sink = sink;
    this.#times = new TimeReader(options);
    this.#reader = new LogObjectReader(this.#times);
    const name = options.head === undefined ? null : elementIn(lineText(options.head.subarray(0, HEAD)));
    if (name !== null) this.#begin(name);
  }

  push(chunk: Uint8Array): void {
    if (this.#elements !== null) return this.#elements.push(chunk);
    this.#held = Buffer.concat([this.#held, chunk]);
    const name = elementIn(lineText(this.#held.subarray(0, HEAD)));
    if (name !== null || this.#held.length > HEAD) this.#begin(name ?? "Event");
  }

  end(): void {
    if (this.#elements === null) this.#begin("Event");
    this.#elements?.end();
  }

  #begin(name: ElementName): void {
    const elements = new XmlElements(name, {
      element: (element) => this.#read(element),
      between: (element) => this.#refuse("not-an-event", "Something that is no event stands", element),
      cut: (element) =>
        this.#refuse("truncated", "An event has no end: the file is cut off, or it is too long. It begins", element),
    });
    this.#elements = elements;
    if (this.#held.length > 0) elements.push(this.#held);
    this.#held = Buffer.alloc(0);
  }

  #read(element: WholeElement): void {
    const text = lineText(element.bytes);
    const event = eventOf(text);
    if (event === null) return this.#refuse("no-event", "An event without a level stands", element);
    this.#sink.read();
    const log = this.#reader.read(objectOf(event), text);
    if (log.outOfRange) warnOutOfRange(this.#sink, element.line);
    const { offset, length, line } = element;
    this.#sink.record({ ...logRecord(log, event.thrown ?? text), kind: "log" }, offset, length, line);
  }

  #refuse(reason: string, what: string, { bytes, offset, length, line }: WholeElement): void {
    this.#sink.read();
    const message = `${what} at line ${line}, byte ${offset}.`;
    const raw = Uint8Array.from(bytes.subarray(0, DEAD_LETTER_RAW_LIMIT));
    this.#sink.deadLetter({ offset, length, line, stage: "parse", reason, message, raw });
  }
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const event = eventOf(text);
  if (event === null) return { message: text, fields: [] };
  const fields: (readonly [string, FieldValue])[] = [...event.fields, ...event.context];
  const { message, thrown } = event;
  return { message: [message, thrown].filter((part) => part !== null && part !== "").join("\n") || text, fields };
}

export default {
  id: "log-xml",
  title: "Log events in XML (Log4j, NLog, java.util.logging)",
  version: 1,
  unit: "element",
  detect,
  parser: (options, sink) => new LogXml(options, sink),
  decode,
} satisfies Format;
