/**
 * Rows as the shells of databases print them: psql (https://www.postgresql.org/docs/current/app-psql.html, `\pset format aligned` and
 * `\x`) and mysql (https://dev.mysql.com/doc/refman/8.4/en/mysql-command-options.html, tables and `\G`), of what runs or waits at a
 * moment: pg_stat_activity, SHOW PROCESSLIST. Quirks: psql ends a line of a cell that goes on with "+"; rows that state no
 * time have that of the file.
 */
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { BlockReader } from "../support/block-reader.ts";
import { sayMoment, writtenAt } from "../support/console/moment.ts";
import { underHeader } from "../support/csv/cells.ts";
import { logColumnsOf, rowObject } from "../support/csv/log-columns.ts";
import { lineText } from "../support/lines.ts";
import { type LogObject, LogObjectReader } from "../support/log-object/reader.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TimeReader } from "../support/time/reader.ts";

/** The line under the names of psql, and those around the names and rows of mysql. */
const RULE = /^(?:-{2,}(?:\+-{2,})+|\+(?:-{2,}\+)+)$/;
/** What opens a row where each of its columns has a line of its own. */
const ROW = /^(?:-\[ RECORD \d+ \][-+]*|\*{10,} \d+\. row \*{10,})$/;
const FOOTER = /^(?:\(\d+ rows?\)|\d+ rows? in set.*|Time: [\d.]+ ms.*|Expanded display is .*)$/;
/** Of a line whose cell goes on below. */
const GOES_ON = /\+(?: *\||$)/;
/** Where the shell's own words may stand before the table. */
const MOST_BEFORE = 6;
const LEAST_SHARE = 0.5;
const SHOWN = 500;
/** A name stands before its value, within so many characters. */
const LONGEST_NAME = 80;

type Cells = readonly (readonly [string, string])[];

const cellsIn = (line: string): string[] => {
  const own = line.startsWith("|") ? line.replace(/^\||\|\s*$/g, "") : line;
  return own.split("|");
};

const namesIn = (header: string): readonly string[] => cellsIn(header).map((name) => name.trim());

/** What a cell says, without the sign that it goes on below. */
function said(cell: string): string {
  const text = cell.trimEnd();
  return text.endsWith("+") ? text.slice(0, -1).trimEnd() : text;
}

/** `name | value` of psql, or `name: value` of mysql; null for another line. */
function pairOf(line: string): readonly [string, string] | null {
  const bar = line.slice(0, LONGEST_NAME).indexOf("|");
  if (bar >= 0) return [line.slice(0, bar).trim(), said(line.slice(bar + 1).replace(/^ /, ""))];
  const colon = `${line.slice(0, LONGEST_NAME)} `.indexOf(": ");
  return colon < 0 ? null : [line.slice(0, colon).trim(), line.slice(colon + 2).trimEnd()];
}

/** The lines of one row, under their names; null where they have other columns. */
function rowOf(lines: readonly string[], header: string): Cells | null {
  const names = namesIn(header);
  const values = names.map(() => [] as string[]);
  for (const line of lines) {
    const cells = cellsIn(line);
    if (cells.length !== names.length) return null;
    for (const [at, cell] of cells.entries()) {
      const text = said(cell).trim();
      if (text !== "" || lines.length === 1) values[at]?.push(text);
    }
  }
  return names.map((name, at) => [name, (values[at] ?? []).join("\n")] as const);
}

/** The lines below the opening of a row. */
function expandedRow(lines: readonly string[]): Cells {
  const cells: [string, string][] = [];
  for (const line of lines) {
    const [name, value] = pairOf(line) ?? ["", line.trimEnd()];
    const above = cells.at(-1);
    if (name !== "") cells.push([name, value]);
    else if (above !== undefined) above[1] += `\n${value}`;
  }
  return cells;
}

const cellsOf = (lines: readonly string[], header: string): Cells | null =>
  ROW.test(lines[0] ?? "") ? expandedRow(lines.slice(1)) : rowOf(lines, header);

const NOTHING = new Set(["", "NULL"]);

function logOf(cells: Cells, reader: LogObjectReader): LogObject {
  const columns = logColumnsOf(cells.map(([name]) => name).join("\t"));
  const values = cells.map(([, value]) => (NOTHING.has(value) ? "" : value));
  return reader.read(columns === null ? {} : rowObject(columns, values));
}

function messageOf(cells: Cells, stated: string | null): string {
  const query = stated ?? cells.find(([name]) => name.toLowerCase() === "info")?.[1];
  if (query !== undefined && !NOTHING.has(query)) return query;
  const filled = cells.filter(([, value]) => !NOTHING.has(value));
  return filled
    .map(([name, value]) => `${name}=${value}`)
    .join(" ")
    .slice(0, SHOWN);
}

function detect(sample: Sample): Detection | null {
  if (sample.jsonLines.length > 0) return null;
  const { lines } = sample;
  const at = lines.findIndex((line) => RULE.test(line) || ROW.test(line));
  if (at < 0 || at > MOST_BEFORE) return null;
  const opening = lines[at] ?? "";
  if (ROW.test(opening)) {
    const isRow = pairOf(lines[at + 1] ?? "") !== null;
    return isRow ? { confidence: 0.93, reason: "rows of a database's shell, a column a line" } : null;
  }
  const isBorder = opening.startsWith("+");
  const header = lines[isBorder ? at + 1 : at - 1] ?? "";
  if (!header.includes("|")) return null;
  const below = lines.slice(isBorder ? at + 3 : at + 1);
  const end = below.findIndex((line) => line.trim() === "" || FOOTER.test(line));
  const rows = (end < 0 ? below : below.slice(0, end)).filter((line) => !RULE.test(line));
  const fitting = rows.filter((row) => rowOf([row], header) !== null).length;
  if (fitting === 0 || fitting < LEAST_SHARE * rows.length) return null;
  return {
    confidence: 0.93,
    reason: `${fitting} of ${rows.length} rows are of a table that a database's shell prints`,
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const reader = new LogObjectReader(new TimeReader(options));
  let header: string | null = null;
  let candidate = "";
  const blocks: BlockReader = new BlockReader(sink, {
    noun: "row",
    line(text, offset, length, line, lines) {
      const isExpanded = ROW.test(blocks.open?.[0] ?? "");
      if (ROW.test(text)) return blocks.begin();
      if (RULE.test(text)) {
        blocks.close();
        if (candidate !== "") header = candidate;
        return sink.skip("rule of the table");
      }
      if (text.trim() === "" || FOOTER.test(text)) {
        blocks.close();
        header = null;
        candidate = "";
        return sink.skip(text.trim() === "" ? "blank line" : "footer");
      }
      if (isExpanded) return blocks.add();
      if (header === null) {
        // The names stand before the rule, or the shell's prompt and banner do.
        if (text.includes("|")) candidate = text;
        return sink.skip("header");
      }
      if (blocks.open !== null && GOES_ON.test(blocks.open.at(-1) ?? "")) return blocks.add();
      if (rowOf([text], header) !== null) return blocks.begin();
      blocks.close();
      const what = `Line ${line} at byte ${offset} does not have the columns of the table.`;
      const rule = namesIn(header).map(() => "---");
      lines.deadLetter("wrong-columns", what, offset, length, line, underHeader(`${header}\n${rule.join("+")}`));
    },
    block({ texts, offset, length, line }) {
      const cells = cellsOf(texts, header ?? "") ?? [];
      const log = logOf(cells, reader);
      if (log.outOfRange) warnOutOfRange(sink, line);
      if (log.time === null && !log.outOfRange) sayMoment(options, sink, "Rows of a table");
      const time = log.time ?? writtenAt(options);
      const message = messageOf(cells, log.message);
      const { level, service } = log;
      const context = header ?? undefined;
      sink.record({ kind: "log", time, level, service, message, context }, offset, length, line);
    },
  });
  return blocks;
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const cells = cellsOf(text.split(/\r?\n/), context ?? "");
  if (cells === null || cells.length === 0) return { message: text, fields: [] };
  const reader = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS));
  return { message: messageOf(cells, logOf(cells, reader).message), fields: cells };
}

export default {
  id: "sql-table",
  title: "Rows that psql and mysql print",
  version: 1,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
