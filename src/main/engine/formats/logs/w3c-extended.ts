/**
 * W3C extended logs, https://www.w3.org/TR/WD-logfile: IIS, CloudFront, Exchange and others; `#Fields:` names the columns
 * of the rows below it. Quirks: times are UTC whatever the machine's zone is; the day may stand in `#Date:` alone; rows
 * are parted by blanks, by tabs (CloudFront) or by commas (Exchange) under a header that may be parted by blanks.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { splitRow, underHeader } from "../support/csv/cells.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { levelOfStatus } from "../support/text-line/answer.ts";
import { TimeReader } from "../support/time/reader.ts";

const FIELDS = /^#Fields:\s*/;
const DAY = /^#(?:Start-)?Date:\s*(\d{4}-\d\d-\d\d)/;
const DIRECTIVE = /^#[A-Za-z][\w-]*:/;
const QUOTED = /"(?:[^"]|"")*"|\S+/g;
const LONGEST_ROW = 256 * 1_024;

const namesOf = (header: string): string[] => {
  const list = header.replace(FIELDS, "").trim();
  return list.split(list.includes(",") ? "," : /\s+/).map((name) => name.trim());
};

/** Null where the row has other columns than `names`. */
function cellsOf(row: string, names: readonly string[]): readonly string[] | null {
  if (row.length > LONGEST_ROW) return null;
  for (const cells of [row.split("\t"), row.split(" "), row.match(QUOTED) ?? [], splitRow(row, ",")])
    if (cells.length === names.length) return cells;
  return null;
}

interface Row {
  readonly cells: ReadonlyMap<string, string>;
  /** As it is written, in UTC. */
  readonly time: string;
}

/** `day` is the one that was stated above. */
function rowOf(text: string, names: readonly string[], day: string): Row | null {
  const found = cellsOf(text, names);
  if (found === null) return null;
  const cells = new Map(names.map((name, at) => [name, found[at] ?? ""] as const));
  const whole = cells.get("date-time") ?? `${cells.get("date") ?? day} ${cells.get("time") ?? ""}`;
  return { cells, time: /(?:Z|[+-]\d\d:?\d\d)$/.test(whole) ? whole : `${whole}Z` };
}

/** A cell that holds something. */
function said(cells: ReadonlyMap<string, string>, ...names: readonly string[]): string | undefined {
  return names.map((name) => cells.get(name)).find((cell) => cell !== undefined && cell !== "" && cell !== "-");
}

function messageOf({ cells }: Row, text: string): string {
  const method = said(cells, "cs-method", "cs(Method)");
  const path = said(cells, "cs-uri-stem", "cs-uri");
  const status = said(cells, "sc-status");
  if (method === undefined || path === undefined || status === undefined) return text;
  const query = said(cells, "cs-uri-query");
  return `${method} ${path}${query === undefined ? "" : `?${query}`} ${status}`;
}

function detect(sample: Sample): Detection | null {
  if (sample.jsonLines.length > 0) return null;
  const at = sample.lines.findIndex((line) => FIELDS.test(line));
  if (at < 0 || !sample.lines.slice(0, at).every((line) => line.trim() === "" || DIRECTIVE.test(line))) return null;
  const names = namesOf(sample.lines[at] ?? "");
  if (!names.includes("time") && !names.includes("date-time")) return null;
  const times = new TimeReader(SAMPLE_OPTIONS);
  const day = sample.lines.flatMap((line) => DAY.exec(line)?.[1] ?? [])[0] ?? "";
  const rows = sample.lines.slice(at + 1).filter((line) => line.trim() !== "" && !DIRECTIVE.test(line));
  const fitting = rows.filter((line) => times.whole(rowOf(line, names, day)?.time ?? "") && times.dated).length;
  if (rows.length > 0 && fitting === 0) return null;
  return { confidence: 0.97, reason: `${fitting} of ${rows.length} rows fit the fields that are named above them` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  let header: string | null = null;
  let names: readonly string[] = [];
  let day = "";
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trim() === "") return sink.skip("blank line");
      if (DIRECTIVE.test(text)) {
        day = DAY.exec(text)?.[1] ?? day;
        if (FIELDS.test(text)) {
          header = text;
          names = namesOf(text);
        }
        return sink.skip("header");
      }
      const around = header === null ? undefined : underHeader(day === "" ? header : `#Date: ${day}\n${header}`);
      const refuse = (reason: string, what: string): void =>
        lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line, around);
      if (header === null) return refuse("no-header", "stands under no #Fields: that name its columns");
      const row = rowOf(text, names, day);
      if (row === null) return refuse("wrong-columns", `does not have the ${names.length} columns that #Fields: names`);
      if (!times.whole(row.time)) return refuse("no-time", "has no time that can be read");
      if (times.outOfRange) warnOutOfRange(sink, line);
      const { cells } = row;
      const status = said(cells, "sc-status", "x-edge-response-status");
      sink.record(
        {
          kind: "log",
          time: times.time,
          level: status === undefined ? Level.none : levelOfStatus(Number(status)),
          service: said(cells, "s-sitename", "s-computername") ?? null,
          message: messageOf(row, text),
          requestId: said(cells, "x-edge-request-id"),
          context: header,
        },
        offset,
        length,
        line,
      );
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const row = context === null ? null : rowOf(text, namesOf(context), "");
  return row === null ? { message: text, fields: [] } : { message: messageOf(row, text), fields: [...row.cells] };
}

const format: Format = {
  id: "w3c-extended",
  title: "W3C extended log (IIS, CloudFront, Exchange)",
  version: 1,
  unit: "line",
  detect,
  parser,
  decode,
};
export default format;
