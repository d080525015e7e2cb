/**
 * Events of Windows as the Event Viewer and `wevtutil qe /f:xml` write them,
 * https://learn.microsoft.com/windows/win32/wes/eventschema-schema: an `Event` element each, in one around them or in none.
 * Quirk: the message stands there only where it was exported with "display information"; else its parameters do.
 */
import { DEAD_LETTER_RAW_LIMIT } from "../../../../shared/model/dead-letter.ts";
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { TimeReader } from "../support/time/reader.ts";
import { type WholeElement, XmlElements } from "../support/xml/elements.ts";
import { unescaped } from "../support/xml/entities.ts";

const SCHEMA = "http://schemas.microsoft.com/win/2004/08/events/event";

/** 0 is what is always logged, 4 is information. */
const LEVELS: readonly Level[] = [Level.info, Level.fatal, Level.error, Level.warn, Level.info, Level.debug];

interface Event {
  readonly fields: readonly (readonly [string, FieldValue])[];
  readonly time: string | null;
  readonly level: Level;
  readonly provider: string | null;
  readonly message: string;
}

/** Text of the first element of that name; null where there is none. */
function elementText(xml: string, name: string): string | null {
  const [, text] = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml) ?? [];
  return text === undefined ? null : unescaped(text).trim();
}

function attributeOf(xml: string, element: string, attribute: string): string | null {
  const [tag = ""] = new RegExp(`<${element}\\s[^>]*>`).exec(xml) ?? [];
  const [, , value] = new RegExp(`\\s${attribute}=(["'])(.*?)\\1`).exec(tag) ?? [];
  return value === undefined ? null : unescaped(value);
}

/** Null for an element that is no event. */
function eventOf(xml: string): Event | null {
  const systemEnd = xml.indexOf("</System>");
  const id = elementText(xml, "EventID");
  if (systemEnd < 0 || id === null) return null;
  const system = xml.slice(0, systemEnd);
  const rest = xml.slice(systemEnd);
  const provider = attributeOf(system, "Provider", "Name") ?? attributeOf(system, "Provider", "EventSourceName");
  const time = attributeOf(system, "TimeCreated", "SystemTime");
  const written = Number(elementText(system, "Level") ?? Number.NaN);
  const said = elementText(rest, "Message");
  const data = [...rest.matchAll(/<Data(?:\s+Name=(["'])(.*?)\1)?[^>]*>([^<]*)<\/Data>/g)].map(
    ([, , name = "", value = ""], at) => [name === "" ? `data ${at + 1}` : unescaped(name), unescaped(value)] as const,
  );
  const values = data.map(([name, value]) => `${name}=${value}`).join(" ");
  const fields: (readonly [string, FieldValue])[] = [];
  const keep = (name: string, value: string | null): void => void (value !== null && fields.push([name, value]));
  keep("provider", provider);
  keep("event_id", id);
  for (const name of ["Channel", "Computer", "EventRecordID", "Task", "Keywords"])
    keep(name, elementText(system, name));
  keep("process_id", attributeOf(system, "Execution", "ProcessID"));
  keep("level", elementText(system, "Level"));
  keep("time", time);
  return {
    fields: [...fields, ...data],
    time,
    level: LEVELS[written] ?? Level.none,
    provider,
    message: said ?? `${provider ?? "Event"} ${id}${values === "" ? "" : `: ${values}`}`,
  };
}

function detect(sample: Sample): Detection | null {
  const start = sample.text.slice(0, 4_096).trimStart();
  if (!start.startsWith("<") || !/<Event[\s>]/.test(start)) return null;
  return start.includes(SCHEMA) || /<Events>\s*<Event[\s>][\s\S]*<System>/.test(start)
    ? { confidence: 0.97, reason: "events of Windows" }
    : null;
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  const refuse = (reason: string, what: string, { bytes, offset, length, line }: WholeElement): void =>
    sink.deadLetter({
      offset,
      length,
      line,
      stage: "parse",
      reason,
      message: `${what} at line ${line}, byte ${offset}.`,
      raw: Uint8Array.from(bytes.subarray(0, DEAD_LETTER_RAW_LIMIT)),
    });
  return new XmlElements("Event", {
    element(element) {
      sink.read();
      const event = eventOf(lineText(element.bytes));
      if (event === null) return refuse("no-event", "An Event element without System and EventID stands", element);
      const found = event.time !== null && times.whole(event.time);
      if (found && times.outOfRange) warnOutOfRange(sink, element.line);
      const { level, message, provider } = event;
      const time = found ? times.time : null;
      sink.record(
        { kind: "log", time, level, service: provider, message },
        element.offset,
        element.length,
        element.line,
      );
    },
    between(element) {
      sink.read();
      refuse("not-an-event", "Something that is no event stands", element);
    },
    cut(element) {
      sink.read();
      refuse("truncated", "An event has no end: the file is cut off, or it is too long to hold. It begins", element);
    },
  });
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const event = eventOf(text);
  return event === null ? { message: text, fields: [] } : { message: event.message, fields: event.fields };
}

export default {
  id: "windows-events",
  title: "Windows events (XML)",
  version: 1,
  unit: "element",
  detect,
  parser,
  decode,
} satisfies Format;
