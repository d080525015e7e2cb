/**
 * InfluxDB's annotated CSV, as Flux answers (`influx query --raw`, the export of a query),
 * https://docs.influxdata.com/influxdb/v2/reference/syntax/annotated-csv/
 * Quirks: a file holds several tables, each under annotations and a header of its own, blank lines between them; an empty
 * cell stands for its column's default; a quoted cell may go over lines; an error of the query is a table too.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { splitRow, underHeader } from "../support/csv/cells.ts";
import { type CsvRow, isOddlyQuoted, OpenRow } from "../support/csv/rows.ts";
import { FluxTable } from "../support/metrics/flux-table.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { RowTimes } from "../support/csv/row-times.ts";
import { serviceOfLabels } from "../support/metrics/labels.ts";
import { sampleMessage, sampleRecord, seriesName } from "../support/metrics/series.ts";

const ANNOTATION = /^"?#(?:datatype|group|default|constant|timezone)\b/;
const HEADER = /^,result,table,/;

function detect(sample: Sample): Detection | null {
  const first = sample.lines.find((line) => line.trim() !== "") ?? "";
  if (!ANNOTATION.test(first) && !HEADER.test(first)) return null;
  return { confidence: 0.97, reason: "tables with annotations as Flux answers" };
}

type Refuse = (reason: string, what: string) => void;

/** Whether a line is a row of its own, so that a quote which is open before it was never closed. */
const isRow = (text: string, table: FluxTable | null): boolean =>
  table !== null && !isOddlyQuoted(text) && splitRow(text, ",").length === table.names.length;

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new RowTimes(options);
  let annotations: string[] = [];
  let table: FluxTable | null = null;
  const open = new OpenRow();

  const row = (cells: readonly string[], of: FluxTable, at: CsvRow, refuse: Refuse): void => {
    const { offset, length, line } = at;
    if (cells.length !== of.names.length)
      return refuse("wrong-columns", `has ${cells.length} cells where the header has ${of.names.length}`);
    const error = of.errorIn(cells);
    if (error !== null) {
      const { header: context } = of;
      const failed = { kind: "log", time: null, level: Level.error, service: null, message: error, context } as const;
      return sink.record(failed, offset, length, line);
    }
    const time = times.read(of.timeIn(cells));
    if (time === undefined) return refuse("no-time", "has no time that can be read");
    const samples = of.samplesIn(cells);
    if (typeof samples === "string") return refuse("no-value", `has no ${samples}`);
    if (times.outOfRange) warnOutOfRange(sink, line);
    if (samples.length === 0) return sink.skip("no value");
    if (samples.length > 1) sink.read(samples.length - 1);
    for (const { metric, labels, value } of samples) {
      const name = seriesName(metric, labels);
      const service = serviceOfLabels(Object.fromEntries(labels));
      const context = `${JSON.stringify({ name, value: of.columnOf(metric) })}\n${of.header}`;
      sink.record(sampleRecord({ name, service, context }, time, value), offset, length, line);
    }
  };
  /** Reads the row that is open, or gives it up. */
  const close = (): void => {
    if (table === null || !open.isOpen) return;
    const at = open.row;
    const { text, offset, length, line } = at;
    const around = underHeader([...annotations, table.header].join("\n"));
    const refuse: Refuse = (reason, what) => {
      const message = `Line ${line} at byte ${offset} ${what}.`;
      sink.deadLetter({ offset, length, line, stage: "parse", reason, message, raw: open.raw, around });
    };
    if (open.isQuoted) refuse("open-quote", "opens a quote that is not closed");
    else row(splitRow(text, ","), table, at, refuse);
    open.clear();
  };

  const lines = new LineReader(sink, {
    tooLong: close,
    line(text, offset, length, line, source) {
      if (open.isOpen && (open.isTooLong || isRow(text, table))) close();
      if (open.isOpen) sink.skip("continuation of the line above");
      else if (text.trim() === "") {
        if (table !== null) annotations = [];
        table = null;
        return sink.skip("blank line");
      } else if (ANNOTATION.test(text)) {
        if (table !== null) annotations = [];
        table = null;
        annotations.push(text);
        return sink.skip("annotation");
      } else if (table === null) {
        table = new FluxTable(text, annotations);
        return sink.skip("header");
      }
      open.add(text, () => source.raw(), offset, length, line);
      if (open.isQuoted || table === null) return;
      if (line !== open.row.line) return close();
      const around = underHeader([...annotations, table.header].join("\n"));
      row(splitRow(text, ","), table, open.row, (reason, what) =>
        source.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line, around),
      );
      open.clear();
    },
  });
  return {
    push: (chunk) => lines.push(chunk),
    end() {
      lines.end();
      close();
    },
  };
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw).replaceAll("\r\n", "\n");
  const cells = splitRow(text, ",");
  const split = context?.indexOf("\n") ?? -1;
  const names = splitRow(context?.slice(split + 1) ?? "", ",");
  const fields = cells.flatMap((cell, at) => (names[at] ? [[names[at], cell] as const] : []));
  if (context === null || split < 0) return { message: FluxTable.errorOf(names, cells) ?? text, fields };
  const { name, value } = JSON.parse(context.slice(0, split)) as { name: string; value: number };
  return { message: sampleMessage(name, FluxTable.numberOf(cells[value] ?? "")), fields };
}

export default {
  id: "influx-csv",
  title: "InfluxDB annotated CSV (Flux)",
  version: 2,
  unit: "sample",
  detect,
  parser,
  decode,
} satisfies Format;
