/**
 * InfluxDB's annotated CSV, as Flux answers (`influx query --raw`, the export of a query),
 * https://docs.influxdata.com/influxdb/v2/reference/syntax/annotated-csv/
 * Quirks: a file holds several tables, each under annotations and a header of its own, blank lines between them; an empty
 * cell stands for its column's default; an error of the query is a table too.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { splitRow, underHeader } from "../support/csv/cells.ts";
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

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new RowTimes(options);
  let annotations: string[] = [];
  let table: FluxTable | null = null;
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trim() === "") {
        if (table !== null) annotations = [];
        table = null;
        return sink.skip("blank line");
      }
      if (ANNOTATION.test(text)) {
        if (table !== null) annotations = [];
        table = null;
        annotations.push(text);
        return sink.skip("annotation");
      }
      const around = table === null ? undefined : underHeader([...annotations, table.header].join("\n"));
      const refuse = (reason: string, what: string): void =>
        lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line, around);
      if (table === null) {
        table = new FluxTable(text, annotations);
        return sink.skip("header");
      }
      const cells = splitRow(text, ",");
      if (cells.length !== table.names.length)
        return refuse("wrong-columns", `has ${cells.length} cells where the header has ${table.names.length}`);
      const error = table.errorIn(cells);
      if (error !== null)
        return sink.record(
          { kind: "log", time: null, level: Level.error, service: null, message: error, context: table.header },
          offset,
          length,
          line,
        );
      const time = times.read(table.timeIn(cells));
      if (time === undefined) return refuse("no-time", "has no time that can be read");
      const samples = table.samplesIn(cells);
      if (typeof samples === "string") return refuse("no-value", `has no ${samples}`);
      if (times.outOfRange) warnOutOfRange(sink, line);
      if (samples.length === 0) return sink.skip("no value");
      if (samples.length > 1) sink.read(samples.length - 1);
      for (const { metric, labels, value } of samples) {
        const name = seriesName(metric, labels);
        const service = serviceOfLabels(Object.fromEntries(labels));
        const context = `${JSON.stringify({ name, value: table.columnOf(metric) })}\n${table.header}`;
        sink.record(sampleRecord({ name, service, context }, time, value), offset, length, line);
      }
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
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
  version: 1,
  unit: "sample",
  detect,
  parser,
  decode,
} satisfies Format;
