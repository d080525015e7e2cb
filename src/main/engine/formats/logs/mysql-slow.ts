/**
 * The slow query log of MySQL, MariaDB and Percona Server,
 * https://dev.mysql.com/doc/refman/8.4/en/slow-query-log.html: lines of comments with what is known of a query, and the
 * query below them. Quirk: old servers leave out the time of a query of the same second as the one before.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { BlockReader } from "../support/block-reader.ts";
import { lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { TimeReader } from "../support/time/reader.ts";

const TIME = /^# Time: (.*)$/;
const USER = /^# User@Host: (.*?)\[(.*?)\] @ +(.*?) *\[(.*?)\](?: +Id: +(\d+))?/;
const QUERY_TIME = /^# Query_time: \d/;
const SET_TIME = /^SET timestamp=(\d+)(?:\.\d+)?;$/;
const USE = /^use (.+);$/;
const PAIR = /([A-Za-z_]+): (\S+)/g;
const HEADER = /^(?:\S.*, Version: .*started with:|Tcp port: .*|Time +Id +Command +Argument *)$/;
const NO_STATEMENT = "(an entry without a statement)";

interface Entry {
  readonly fields: (readonly [string, FieldValue])[];
  statement: string;
  /** As it is written; null where it is not. */
  time: string | null;
  /** Seconds since the epoch, which every statement of a client has. */
  setTime: string | null;
}

/** `lines` are without their ends. */
function entryOf(lines: readonly string[]): Entry {
  const entry: Entry = { fields: [], statement: "", time: null, setTime: null };
  const statement: string[] = [];
  for (const line of lines) {
    const [, time] = TIME.exec(line) ?? [];
    const [, user, account, host, address, id] = USER.exec(line) ?? [];
    const [, database] = USE.exec(line) ?? [];
    const [, setTime] = SET_TIME.exec(line) ?? [];
    if (time !== undefined) {
      entry.time = padded(time);
      entry.fields.push(["time", time]);
    } else if (user !== undefined)
      entry.fields.push(
        ["user", user || (account ?? "")],
        ["host", host || (address ?? "")],
        ...(id === undefined ? [] : [["id", id] as const]),
      );
    else if (database !== undefined) entry.fields.push(["database", database]);
    else if (setTime !== undefined) entry.setTime = setTime;
    else if (line.startsWith("# administrator command: ")) statement.push(line.slice(2));
    else if (line.startsWith("#"))
      for (const [, key = "", value = ""] of line.matchAll(PAIR)) entry.fields.push([key, value]);
    else if (line.trim() !== "") statement.push(line);
  }
  entry.statement = statement.join("\n");
  return entry;
}

/** 5.5 writes the hour with a blank: "261120  9:00:01". */
const padded = (time: string): string => time.replace(/^(\d{6}) {2}(\d):/, "$1 0$2:");

function messageOf({ fields, statement }: Entry): string {
  const seconds = fields.find(([name]) => name === "Query_time")?.[1];
  const said = statement === "" ? NO_STATEMENT : statement;
  return seconds === undefined ? said : `${String(seconds)} s: ${said}`;
}

function detect(sample: Sample): Detection | null {
  const queries = sample.lines.filter((line) => QUERY_TIME.test(line)).length;
  if (queries === 0) return null;
  const users = sample.lines.filter((line) => USER.test(line)).length;
  return users === 0 ? null : { confidence: 0.96, reason: `${queries} queries with the time that they took` };
}

const isUser = (text: string): boolean => text.startsWith("# User@Host: ");

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  let last: Timestamp | null = null;
  const timeOf = ({ time, setTime }: Entry, line: number): Timestamp | null => {
    const written = time !== null && times.whole(time) ? time : setTime;
    if (written === null || !times.whole(written)) return last;
    if (times.outOfRange) warnOutOfRange(sink, line);
    return times.time;
  };
  // Of an entry that states its time, the user stands below that.
  const begins = (text: string): boolean =>
    TIME.test(text) || (isUser(text) && (blocks.open === null || blocks.open.some(isUser)));
  const blocks: BlockReader = new BlockReader(sink, {
    noun: "query",
    line(text, offset, length, line, lines) {
      if (text.trim() === "") return sink.skip("blank line");
      if (HEADER.test(text)) {
        blocks.close();
        return sink.skip("header");
      }
      if (begins(text)) return blocks.begin();
      if (blocks.open === null) {
        const what = `Line ${line} at byte ${offset} belongs to no query: neither its time nor its user stands above it.`;
        return lines.deadLetter("no-entry", what, offset, length, line);
      }
      blocks.add();
    },
    block({ texts, offset, length, line }) {
      const entry = entryOf(texts);
      last = timeOf(entry, line);
      const message = messageOf(entry);
      sink.record({ kind: "log", time: last, level: Level.none, service: null, message }, offset, length, line);
    },
  });
  return blocks;
}

function decode(raw: Uint8Array): DecodedRecord {
  const entry = entryOf(lineText(raw).split(/\r?\n/));
  return { message: messageOf(entry), fields: entry.fields };
}

export default {
  id: "mysql-slow",
  title: "Slow query log of MySQL",
  version: 2,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
