/**
 * What sar, mpstat, pidstat and iostat of sysstat, https://man7.org/linux/man-pages/man1/sar.1.html, and vmstat print for
 * people: tables under headers that come again. Quirk: the day stands in the first line and each row has a clock only;
 * iostat and vmstat state times where they are asked to (`-t`).
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { underHeader } from "../support/csv/cells.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { sampleMessage, seriesName } from "../support/metrics/series.ts";
import {
  clockOf,
  columnName,
  headerOf,
  isLabel,
  rowOf,
  type StatHeader,
  statNumber,
} from "../support/metrics/stat-rows.ts";
import { TimeReader } from "../support/time/reader.ts";
import { UndatedDays } from "../support/time/undated-days.ts";

/** Kernel, host, day, machine, processors. */
const BANNER = /^(Linux|AIX|SunOS|Darwin) \S+ \(([^)]*)\)\s+(\S+)\s+_\S+_/;
const VMSTAT = /^procs\s+-+\s?memory-+/;
const RESTART = /LINUX RESTART|COM /;
/** A line of its own before iostat's tables. */
const MOMENT = /^(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\dT)\s?\S*\d\d:\d\d:\d\d.*$/;
const SUMMARY = /^Average:?\s/;

function detect(sample: Sample): Detection | null {
  const first = sample.lines.slice(0, 10);
  if (first.some((line) => VMSTAT.test(line))) return { confidence: 0.96, reason: "a table of vmstat" };
  return first.some((line) => BANNER.test(line)) && first.some((line) => headerOf(line) !== null)
    ? { confidence: 0.96, reason: "the first line and headers of sysstat's tools" }
    : null;
}

/** 11/20/2026 and 11/20/26 have the month first, as C's %D; other locales write 2026-11-20 or 20.11.2026. */
function dayOf(written: string): string {
  const [, month, day, year = ""] = /^(\d\d)\/(\d\d)\/(\d{2}|\d{4})$/.exec(written) ?? [];
  const full = year.length === 2 ? `20${year}` : year;
  if (month === undefined || day === undefined) return written;
  return Number(month) > 12 ? `${full}-${day}-${month}` : `${full}-${month}-${day}`;
}

class StatReader {
  readonly #sink: RecordSink;
  readonly #times: TimeReader;
  readonly #days: UndatedDays;
  #host = "";
  /** As the first line states it. */
  #day = "";
  #header: StatHeader | null = null;
  #headerText = "";
  /** Columns of the headers below the first line. */
  readonly #seen = new Set<string>();
  /** Of the tables below it, in iostat. */
  #moment: Timestamp | null = null;

  constructor(options: ParseOptions, sink: RecordSink) {
    this.#sink = sink;
    this.#times = new TimeReader(options);
    this.#days = new UndatedDays(options, sink);
  }

  line(text: string, offset: number, length: number, line: number, lines: LineReader): void {
    const sink = this.#sink;
    if (text.trim() === "") return sink.skip("blank line");
    const [, , host, day] = BANNER.exec(text) ?? [];
    if (host !== undefined && day !== undefined) {
      this.#host = host;
      this.#header = null;
      this.#day = dayOf(day);
      this.#seen.clear();
      return sink.skip("header");
    }
    if (VMSTAT.test(text)) return sink.skip("header");
    if (SUMMARY.test(text)) return sink.skip("average");
    if (clockOf(text) === null && MOMENT.test(text) && this.#times.whole(momentOf(text))) {
      this.#moment = this.#times.time;
      return sink.skip("header");
    }
    if (clockOf(text) !== null && RESTART.test(text)) {
      const message = restartOf(text);
      const time = this.#timeOf(clockOf(text));
      return sink.record({ kind: "log", time, level: Level.none, service: null, message }, offset, length, line);
    }
    const header = headerOf(text);
    if (header !== null) {
      this.#enter(header, text);
      return sink.skip("header");
    }
    this.#row(text, offset, length, line, lines);
  }

  /** sar prints a table behind the other, each from the beginning of the day on; others print them in turn. */
  #enter(header: StatHeader, text: string): void {
    this.#header = header;
    this.#headerText = text;
    const columns = header.names.join(" ");
    const clock = clockOf(text);
    if (clock !== null && !this.#seen.has(columns) && this.#times.whole(`${this.#day} ${clock}`))
      this.#days.heads(this.#times.time);
    this.#seen.add(columns);
  }

  #row(text: string, offset: number, length: number, line: number, lines: LineReader): void {
    const sink = this.#sink;
    const header = this.#header;
    const around = header === null ? undefined : underHeader(this.#headerText);
    const refuse = (reason: string, what: string): void =>
      lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line, around);
    if (header === null) return refuse("no-header", "stands under no header");
    const { cells, time: written } = rowOf(text, header);
    if (cells.length !== header.names.length)
      return refuse("wrong-columns", `has ${cells.length} cells where the header has ${header.names.length}`);
    const values = valuesOf(header, cells);
    const bad = values.find(({ value, cell }) => value === undefined && cell !== "-");
    if (bad !== undefined) return refuse("no-value", `has no number in column "${bad.name}"`);
    const time = this.#timeOf(written);
    if (this.#times.outOfRange) warnOutOfRange(sink, line);
    if (values.length > 1) sink.read(values.length - 1);
    if (values.length === 0) return sink.skip("no value");
    const labels = labelsOf(header, cells, this.#host);
    for (const { name: column, value, at } of values) {
      if (value === undefined) {
        sink.skip("empty cell");
        continue;
      }
      const name = seriesName(column, labels);
      const message = sampleMessage(name, value);
      const context = `${at}\n${this.#host}\n${this.#headerText}`;
      sink.record(
        { kind: "sample", time, level: Level.none, service: null, message, name, value, context },
        offset,
        length,
        line,
      );
    }
  }

  #timeOf(written: string | null): Timestamp | null {
    if (written === null) {
      if (this.#moment === null)
        this.#sink.warn("no-time", "The rows state no time, as vmstat -t and iostat -t do: they are kept without one.");
      return this.#moment;
    }
    if (!this.#times.prefix(written, 0)) return null;
    return this.#times.dated ? this.#times.time : this.#days.place(this.#times.timeOfDay);
  }
}

const restartOf = (text: string): string =>
  text
    .slice(clockOf(text)?.length ?? 0)
    .trim()
    .replaceAll(/\s+/g, " ");

/** ISO with an offset, or a day as in the first line with a clock. */
function momentOf(text: string): string {
  const [day = "", ...clock] = text.trim().split(" ");
  return [dayOf(day), ...clock].join(" ");
}

interface StatValue {
  readonly name: string;
  readonly at: number;
  readonly cell: string;
  readonly value: number | undefined;
}

const valuesOf = (header: StatHeader, cells: readonly string[]): StatValue[] =>
  header.names.flatMap((name, at) =>
    isLabelOf(header, name) ? [] : [{ name, at, cell: cells[at] ?? "", value: statNumber(cells[at] ?? "") }],
  );

const isLabelOf = ({ hasNoLabel }: StatHeader, name: string): boolean => !hasNoLabel && isLabel(name);

function labelsOf(header: StatHeader, cells: readonly string[], host: string): (readonly [string, string])[] {
  const labels = header.names.flatMap((name, at) =>
    isLabelOf(header, name) ? [[columnName(name), cells[at] ?? ""] as const] : [],
  );
  return host === "" ? labels : [["host", host], ...labels];
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const reader = new StatReader(options, sink);
  return new LineReader(sink, {
    line: (text, offset, length, line, lines) => reader.line(text, offset, length, line, lines),
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const [at = "", host = "", headerText = ""] = context?.split("\n") ?? [];
  const header = headerOf(headerText);
  if (header === null) return { message: restartOf(text), fields: [] };
  const { cells, time } = rowOf(text, header);
  const name = seriesName(header.names[Number(at)] ?? "", labelsOf(header, cells, host));
  const fields = header.names.map((column, index) => [columnName(column), cells[index] ?? ""] as const);
  return {
    message: sampleMessage(name, statNumber(cells[Number(at)] ?? "")),
    fields: time === null ? fields : [["time", time], ...fields],
  };
}

export default {
  id: "sysstat-text",
  title: "Tables of sar, mpstat, pidstat, iostat and vmstat",
  version: 1,
  unit: "sample",
  detect,
  parser,
  decode,
} satisfies Format;
