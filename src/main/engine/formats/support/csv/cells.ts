/** Comma, semicolon or tab separated values, RFC 4180, one row a line: a metric's row never needs a line break in a cell. */
import { SURROUNDINGS_LIMIT, type Surroundings } from "../../../../../shared/model/dead-letter.ts";

export type Delimiter = "," | ";" | "\t";

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t"];

/** Excel's line before the header, which names the delimiter. */
export const isDelimiterLine = (line: string): boolean => /^sep=.$/.test(line);

/** The delimiter that splits a header into most cells. */
export function delimiterOf(header: string): Delimiter {
  let best: Delimiter = ",";
  for (const delimiter of DELIMITERS) {
    if (splitRow(header, delimiter).length > splitRow(header, best).length) best = delimiter;
  }
  return best;
}

/**
 * Cells of a row. `cells` is refilled and returned, so that a million rows need one array; `ends`, when given, is
 * refilled with where each cell ends, quotes and all.
 */
export function splitRow(row: string, delimiter: Delimiter, cells: string[] = [], ends?: number[]): string[] {
  cells.length = 0;
  if (ends !== undefined) ends.length = 0;
  if (row.includes('"')) return splitQuoted(row, delimiter, cells, ends);
  let from = 0;
  for (let at = row.indexOf(delimiter); at >= 0; at = row.indexOf(delimiter, from)) {
    cells.push(row.slice(from, at));
    ends?.push(at);
    from = at + 1;
  }
  cells.push(row.slice(from));
  ends?.push(row.length);
  return cells;
}

function splitQuoted(row: string, delimiter: Delimiter, cells: string[], ends?: number[]): string[] {
  let at = 0;
  while (true) {
    let end: number;
    if (row.charAt(at) === '"') {
      let cell = "";
      let from = at + 1;
      let quote = row.indexOf('"', from);
      while (quote >= 0 && row.charAt(quote + 1) === '"') {
        cell += row.slice(from, quote + 1);
        from = quote + 2;
        quote = row.indexOf('"', from);
      }
      cells.push(cell + row.slice(from, quote < 0 ? row.length : quote));
      end = quote < 0 ? -1 : row.indexOf(delimiter, quote);
    } else {
      end = row.indexOf(delimiter, at);
      cells.push(end < 0 ? row.slice(at) : row.slice(at, end));
    }
    ends?.push(end < 0 ? row.length : end);
    if (end < 0) return cells;
    at = end + 1;
  }
}

/** A cell as a finite number; undefined when it is empty, a word or not finite. A comma may be the decimal mark. */
export function numberOf(cell: string, delimiter: Delimiter): number | undefined {
  if (cell.length === 0) return undefined;
  const value = Number(cell);
  if (Number.isFinite(value)) return cell.trim().length > 0 ? value : undefined;
  if (delimiter !== "," && /^-?\d+,\d+$/.test(cell)) return Number(cell.replace(",", "."));
  return numberWithUnit(cell, delimiter);
}

/** Of Grafana's formatted cells, `20 ms` and `1.2 s` in one column: seconds, bytes and plain numbers, percentages as they are. */
const UNITS: Readonly<Record<string, number>> = {
  "%": 1,
  ns: 1e-9,
  µs: 1e-6,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  mins: 60,
  hour: 3_600,
  hours: 3_600,
  day: 86_400,
  days: 86_400,
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1_024,
  MiB: 1_024 ** 2,
  GiB: 1_024 ** 3,
  TiB: 1_024 ** 4,
  K: 1e3,
  Mil: 1e6,
  Bil: 1e9,
};
const WITH_UNIT = /^(-?\d+(?:[.,]\d+)?) ?(?:([%a-zA-Zµ]{1,5})|(?:([KM]|Mil) )?(?:[a-z]{1,6}\/s|[a-z]ps))$/u;

function numberWithUnit(cell: string, delimiter: Delimiter): number | undefined {
  const last = cell.charCodeAt(cell.length - 1);
  // Nearly all that is no number is a word.
  if (last < 0x25 || cell.length > 32) return undefined;
  const [, digits = "", unit, prefix] = WITH_UNIT.exec(cell) ?? [];
  if (digits === "" || (delimiter === "," && digits.includes(","))) return undefined;
  const scale = unit === undefined ? (prefix === undefined ? 1 : prefix === "K" ? 1e3 : 1e6) : UNITS[unit];
  return scale === undefined ? undefined : Number(digits.replace(",", ".")) * scale;
}

/** Cells that say "no value" in the exports of usual tools. */
const ABSENT = new Set(["", "nan", "null", "none", "n/a", "na", "-", "undefined"]);
export const isAbsent = (cell: string): boolean => ABSENT.has(cell.trim().toLowerCase());

const TIME_NAMES = new Set(
  "timestamp time ts datetime date_time date @timestamp _time epoch unix_time unixtime time_stamp timestamp_ms clock".split(
    " ",
  ),
);
/** Windows' Performance Monitor: "(PDH-CSV 4.0) (UTC)(0)". */
const PERFMON_TIME = "(pdh-csv";
const SERVICE_NAMES = new Set(
  "service service_name service.name servicename application app app_name component".split(" "),
);
const METRIC_NAMES = new Set(
  "metric metric_name metricname name series metric.name __name__ measurement kpi kpi_name indicator _measurement".split(
    " ",
  ),
);
const VALUE_NAMES = new Set("value val metric_value _value reading measure".split(" "));

/** Which column is what; -1 where none is. */
export interface Columns {
  readonly delimiter: Delimiter;
  readonly names: readonly string[];
  readonly time: number;
  /** A column of clocks beside one of days. */
  readonly clock: number;
  readonly service: number;
  readonly metric: number;
  readonly value: number;
}

export function columnsOf(header: string): Columns {
  const delimiter = delimiterOf(header);
  const names = splitRow(header, delimiter).map((name) => name.trim());
  const plain = names.map((name) => name.toLowerCase().replaceAll(" ", "_"));
  const find = (wanted: ReadonlySet<string>): number => plain.findIndex((name) => wanted.has(name));
  const time = plain.findIndex((name) => TIME_NAMES.has(name) || name.startsWith(PERFMON_TIME));
  const clock = plain[time] === "date" ? plain.indexOf("time") : -1;
  return {
    delimiter,
    names,
    time,
    clock,
    service: find(SERVICE_NAMES),
    metric: find(METRIC_NAMES),
    value: find(VALUE_NAMES),
  };
}

/** The time of a row, its day and its clock together. */
export const timeCell = ({ time, clock }: Columns, cells: readonly string[]): string =>
  clock < 0 ? (cells[time] ?? "") : `${cells[time] ?? ""} ${cells[clock] ?? ""}`;

/** What a row was read under, for its dead letter; undefined for a header that is too long to be kept with each. */
export const underHeader = (header: string): Surroundings | undefined =>
  header.length >= SURROUNDINGS_LIMIT ? undefined : { before: `${header}\n`, after: "" };

/** The first line that is not blank, with a line end; empty when there is none. What rows are read under. */
export function headerLine(head: Uint8Array): string {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
    .toString("utf8")
    .replace(/^\ufeff/u, "");
  const header = text.split("\n").find((line) => line.trim().length > 0 && !isDelimiterLine(line.trimEnd()));
  return header === undefined ? "" : `${header.replace(/\r$/u, "")}\n`;
}
