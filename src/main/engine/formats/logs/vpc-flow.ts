/**
 * Flow logs of AWS' VPCs, https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html: a record of blanks between
 * columns that a header names, or the default ones of version 2. Quirk: what was not recorded is "-", with NODATA or
 * SKIPDATA as its status.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { underHeader } from "../support/csv/cells.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { TimeReader } from "../support/time/reader.ts";

const DEFAULT =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";
const HEADER = /^(?=.*\bsrcaddr\b)(?=.*\bstart\b)[a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)+$/;
const ROW = /^\d \d{12} eni-[0-9a-f]+ .* (?:ACCEPT|REJECT|-) (?:OK|NODATA|SKIPDATA)$/;
const LEAST_SHARE = 0.5;

type Row = ReadonlyMap<string, string>;

function rowOf(text: string, header: string): Row | null {
  const names = header.split(" ");
  const cells = text.trim().split(" ");
  if (cells.length !== names.length || !/^\d{10}$/.test(cells[names.indexOf("start")] ?? "")) return null;
  return new Map(names.map((name, at) => [name, cells[at] ?? ""]));
}

function messageOf(row: Row): string {
  const of = (name: string): string => row.get(name) ?? "";
  const status = of("log-status");
  if (status === "NODATA" || status === "SKIPDATA") return `${status} ${of("interface-id")}`;
  const end = (address: string, port: string): string => [of(address), of(port)].filter(Boolean).join(":");
  const told = ["protocol", "packets", "bytes"].flatMap((name) => (row.has(name) ? [`${name} ${of(name)}`] : []));
  return [`${of("action")} ${end("srcaddr", "srcport")} to ${end("dstaddr", "dstport")}`.trim(), ...told].join(", ");
}

function levelOf(row: Row): Level {
  return row.get("action") === "REJECT" || row.get("log-status") === "SKIPDATA" ? Level.warn : Level.info;
}

function detect(sample: Sample): Detection | null {
  if (sample.jsonLines.length > 0) return null;
  const [first = "", ...others] = sample.lines.filter((line) => line.trim() !== "");
  const header = HEADER.test(first) ? first : DEFAULT;
  const rows = header === first ? others : [first, ...others];
  const fitting = rows.filter((row) => (header === first ? rowOf(row, header) !== null : ROW.test(row))).length;
  if (fitting === 0 || fitting < LEAST_SHARE * rows.length) return null;
  return { confidence: 0.96, reason: `${fitting} of ${rows.length} lines are records of flows` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  let header = DEFAULT;
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trim() === "") return sink.skip("blank line");
      if (HEADER.test(text)) {
        header = text;
        return sink.skip("header");
      }
      const row = rowOf(text, header);
      if (row === null || !times.whole(row.get("start") ?? "")) {
        const what = `Line ${line} at byte ${offset} does not have the columns of a flow, with when it began.`;
        return lines.deadLetter("wrong-columns", what, offset, length, line, underHeader(header));
      }
      if (times.outOfRange) warnOutOfRange(sink, line);
      const message = messageOf(row);
      const input = { kind: "log", time: times.time, level: levelOf(row), service: null, message } as const;
      sink.record({ ...input, context: header }, offset, length, line);
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const row = rowOf(text, context ?? DEFAULT);
  return row === null ? { message: text, fields: [] } : { message: messageOf(row), fields: [...row] };
}

export default {
  id: "vpc-flow",
  title: "Flow logs of AWS' VPCs",
  version: 1,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
