/**
 * Linux' audit log, https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Event-Enrichment: `type=… msg=audit(
 * seconds:serial): key=value …`. Quirks: records of one event share time and serial; some say their part in prose
 * ("avc:  denied  { read } for"), some in a quoted `msg` within, and enriched ones repeat fields behind a 0x1d.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { TimeReader } from "../support/time/reader.ts";

const LINE = /^(?:node=(\S+) )?type=([\w[\]]+) msg=audit\((\d{9,11}\.\d{3}):(\d+)\): ?/;
const PAIR = /([A-Za-z][\w.-]{0,60})=(?:"([^"]*)"|'([^']*)'|\{ ([^}]{0,4096}) \}|([^\s\u001d]*))/g;
/** What stands further back in a record holds no pairs that anybody looks for. */
const LONGEST_BODY = 65_536;
const REFUSED = /\bdenied\b|\bsuccess=no\b|\bres(?:ult)?=(?:failed|0)\b|\bapparmor="DENIED"/;
const LEAST_SHARE = 0.5;

interface Entry {
  readonly host: string | undefined;
  readonly type: string;
  readonly time: string;
  readonly serial: string;
  readonly body: string;
}

function entryOf(text: string): Entry | null {
  const [head, host, type = "", time = "", serial = ""] = LINE.exec(text) ?? [];
  return head === undefined ? null : { host, type, time, serial, body: text.slice(head.length) };
}

function pairsOf(body: string): (readonly [string, string])[] {
  return [...body.slice(0, LONGEST_BODY).matchAll(PAIR)].flatMap(([, key = "", ...values]) => {
    const value = values.find((one) => one !== undefined) ?? "";
    // What a program says about itself stands within quotes.
    return key === "msg" && value.includes("=") ? pairsOf(value) : [[key, value] as const];
  });
}

const valueOf = (body: string, name: string): string | undefined => pairsOf(body).find(([key]) => key === name)?.[1];

function levelOf({ type, body }: Entry): Level {
  if (type.startsWith("ANOM_")) return Level.error;
  return REFUSED.test(body) ? Level.warn : Level.info;
}

/** The program that did it, as its file is called. */
function serviceOf(body: string): string | null {
  const program = valueOf(body, "comm") ?? valueOf(body, "exe") ?? "";
  const name = program.slice(program.lastIndexOf("/") + 1);
  return name === "" || name === "?" ? null : name;
}

const messageOf = ({ type, body }: Entry): string => `${type} ${body.replaceAll("\u001d", " ")}`;

function detect(sample: Sample): Detection | null {
  if (sample.jsonLines.length > 0) return null;
  const filled = sample.lines.filter((line) => line.trim() !== "");
  const fitting = filled.filter((line) => LINE.test(line)).length;
  if (fitting === 0 || fitting < LEAST_SHARE * filled.length) return null;
  return { confidence: 0.97, reason: `${fitting} of ${filled.length} lines are records of Linux' audit` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  const handler = {
    line(text: string, offset: number, length: number, line: number, lines: LineReader) {
      if (text.trim() === "" || text === "----") return sink.skip("blank line");
      const entry = entryOf(text);
      if (entry === null || !times.whole(entry.time)) {
        const what = `Line ${line} at byte ${offset} does not begin as a record of the audit log does.`;
        return lines.deadLetter("no-audit-record", what, offset, length, line);
      }
      if (times.outOfRange) warnOutOfRange(sink, line);
      const service = serviceOf(entry.body);
      const message = messageOf(entry);
      sink.record({ kind: "log", time: times.time, level: levelOf(entry), service, message }, offset, length, line);
    },
  };
  return new LineReader(sink, handler, options.from);
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const entry = entryOf(text);
  if (entry === null) return { message: text, fields: [] };
  const { host, type, time, serial, body } = entry;
  const head: readonly (readonly [string, FieldValue])[] = [
    ["type", type],
    ["time", time],
    ["serial", serial],
  ];
  return {
    message: messageOf(entry),
    fields: [...(host === undefined ? [] : [["node", host] as const]), ...head, ...pairsOf(body)],
  };
}

export default {
  id: "auditd",
  title: "Audit log of Linux",
  version: 1,
  unit: "line",
  linesStandAlone: true,
  detect,
  parser,
  decode,
} satisfies Format;
