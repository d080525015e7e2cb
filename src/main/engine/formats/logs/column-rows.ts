/**
 * Answers of services for logs whose rows are lists of cells: Azure's Log Analytics
 * (https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format), with the columns beside the rows, and
 * CloudWatch's Logs Insights (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html), whose cells
 * name their fields. Quirk: an answer of Azure may hold several tables; rows are read under the columns of their own.
 */
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { jsonText } from "../support/fields.ts";
import { elementParser, fileElement, knownNow, type Refusal, surroundings } from "../support/json/elements.ts";
import { arrayOf, isObject, type JsonObject, parseJsonValue, textOf } from "../support/json/value.ts";
import { lineText } from "../support/lines.ts";
import { logObjectFields, LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TimeReader } from "../support/time/reader.ts";

const COLUMNS = "tables[*].columns";
const TABLE_ROWS = "tables[*].rows[*]";
const INSIGHTS_ROWS = "results[*]";
/** What points to a record is no part of it. */
const POINTER = "@ptr";
/** A table of numbers that a query has counted is no log. */
const LEAST_SHARE = 0.5;

/** Names of Azure's columns; null for what is no list of columns. */
function namesOf(columns: unknown): readonly string[] | null {
  if (!Array.isArray(columns) || columns.length === 0) return null;
  const names = columns.map((column) => (isObject(column) ? textOf(column, ["name"]) : undefined));
  return names.every((name) => name !== undefined) ? names : null;
}

const isCell = (cell: unknown): boolean => isObject(cell) && typeof cell["field"] === "string" && "value" in cell;

/** A row as the object that a logger would have written; null where it is none. `names` is null for Insights. */
function rowObject(row: unknown, names: readonly string[] | null): JsonObject | null {
  if (!Array.isArray(row) || row.length === 0) return null;
  if (names !== null)
    return row.length === names.length
      ? Object.fromEntries(names.flatMap((name, at) => (isNothing(row[at]) ? [] : [[name, row[at]] as const])))
      : null;
  if (!row.every(isCell)) return null;
  const cells = row.filter(isObject).map((cell) => [String(cell["field"]), cell["value"]] as const);
  return Object.fromEntries(cells.filter(([name]) => name !== POINTER));
}

const isNothing = (cell: unknown): boolean => cell === null || cell === undefined || cell === "";

interface Found {
  readonly rows: readonly unknown[];
  readonly names: readonly string[] | null;
}

function rowsIn(json: unknown): Found | null {
  if (!isObject(json)) return null;
  for (const table of arrayOf(json, "tables")) {
    const names = isObject(table) ? namesOf(table["columns"]) : null;
    const rows = names === null || !isObject(table) ? [] : arrayOf(table, "rows");
    if (rows.length > 0) return { rows, names };
  }
  const rows = arrayOf(json, "results");
  return rows.some((row) => Array.isArray(row) && row.some(isCell)) ? { rows, names: null } : null;
}

function detect(sample: Sample): Detection | null {
  const found = rowsIn(sample.json);
  if (found === null) return null;
  const reader = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS));
  const whole = sample.complete || found.rows.length < 2 ? found.rows : found.rows.slice(0, -1);
  const logs = whole.filter((row) => {
    const object = rowObject(row, found.names);
    return object !== null && reader.read(object).time !== null;
  }).length;
  if (logs === 0 || logs < LEAST_SHARE * whole.length) return null;
  return { confidence: 0.93, reason: `${logs} of ${whole.length} rows of an answer have a time` };
}

const NO_ROW: Refusal = { reason: "wrong-columns", message: "the row does not have the cells that its columns name" };

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const reader = new LogObjectReader(new TimeReader(options));
  let names: readonly string[] | null = null;
  const around = (path: string) => {
    if (path === INSIGHTS_ROWS) return surroundings('{"results":[', "]}");
    const columns = jsonText((names ?? []).map((name) => ({ name })));
    return surroundings(`{"tables":[{"columns":${columns},"rows":[`, "]}]}");
  };
  return elementParser(sink, [COLUMNS, TABLE_ROWS, INSIGHTS_ROWS], {
    element(element) {
      const { path, value } = element;
      if (path === COLUMNS) return void (names = namesOf(value));
      const own = path === INSIGHTS_ROWS ? null : names;
      const object = path === INSIGHTS_ROWS || own !== null ? rowObject(value, own) : null;
      if (object === null) return fileElement(sink, element, NO_ROW, around(path));
      const text = lineText(element.bytes);
      const log = reader.read(object, text);
      if (log.outOfRange) warnOutOfRange(sink, element.line);
      const context = own === null ? undefined : jsonText(own);
      fileElement(sink, element, { ...logRecord(log, text), context });
    },
    around: (path) => knownNow(path === COLUMNS ? undefined : around(path)),
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const known: unknown = context === null ? null : JSON.parse(context);
  const object = rowObject(parseJsonValue(raw), Array.isArray(known) ? known.map(String) : null);
  if (object === null) return { message: text, fields: [] };
  const log = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)).read(object, text);
  return { message: log.message ?? text, fields: logObjectFields(object) };
}

export default {
  id: "column-rows",
  title: "Rows of Azure Log Analytics and CloudWatch Logs Insights (JSON)",
  version: 1,
  unit: "element",
  detect,
  parser,
  decode,
} satisfies Format;
