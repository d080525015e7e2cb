/**
 * What `sadf -d` makes of the data that `sar` collected: rows of semicolons, under a header an activity,
 * https://man7.org/linux/man-pages/man1/sadf.1.html
 * Quirks: columns in capitals say which processor, device or interface a row is of, and -1 is all of them; a restart of
 * the system is a row of its own, and is kept as a log.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { isAbsent, numberOf, underHeader } from "../support/csv/cells.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { RowTimes } from "../support/csv/row-times.ts";
import { seriesName } from "../support/metrics/series.ts";

const HEADER = /^# ?hostname;interval;timestamp(?:;|$)/;
const TIME = 2;
/** Of the host's name, the interval and the time, which every row begins with. */
const FIRST = 3;
const LABEL = /^[A-Z]+$/;
const RESTART = /^[A-Z]+-RESTART/;

/** Several activities on one line are joined by a mark. */
const namesOf = (header: string): string[] => header.replaceAll("[...]", "").split(";");

function labelOf(name: string, cell: string): string {
  return name === "CPU" && cell === "-1" ? "all" : cell;
}

function suffixOf(names: readonly string[], cells: readonly string[]): string {
  const labels = names.flatMap((name, index) =>
    index >= FIRST && LABEL.test(name) ? [[name, labelOf(name, cells[index] ?? "")] as const] : [],
  );
  return seriesName("", [["host", cells[0] ?? ""], ...labels]);
}

function detect(sample: Sample): Detection | null {
  const first = sample.lines.find((line) => line.trim() !== "") ?? "";
  return HEADER.test(first)
    ? { confidence: 0.97, reason: "a header of host, interval and time as sadf writes it" }
    : null;
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new RowTimes(options);
  let header: string | null = null;
  let names: readonly string[] = [];
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trim() === "") return sink.skip("blank line");
      if (HEADER.test(text)) {
        header = text;
        names = namesOf(text);
        return sink.skip("header");
      }
      const around = header === null ? undefined : underHeader(header);
      const refuse = (reason: string, what: string): void =>
        lines.deadLetter(reason, `Line ${line} at byte ${offset} ${what}.`, offset, length, line, around);
      if (header === null) return refuse("no-header", "stands under no header");
      const cells = text.split(";");
      const time = times.read(cells[TIME] ?? "");
      if (time === undefined) return refuse("no-time", "has no time that can be read in its third cell");
      if (times.outOfRange) warnOutOfRange(sink, line);
      const said = cells[FIRST] ?? "";
      if (cells.length <= FIRST + 2 && (RESTART.test(said) || said.startsWith("COM"))) {
        const message = cells.slice(FIRST).join(" ").trim();
        return sink.record({ kind: "log", time, level: Level.none, service: null, message }, offset, length, line);
      }
      if (cells.length !== names.length)
        return refuse("wrong-columns", `has ${cells.length} cells where the header has ${names.length}`);
      const series = names.flatMap((name, index) => (index < FIRST || LABEL.test(name) ? [] : [index]));
      const values = series.map((index) => numberOf(cells[index] ?? "", ";"));
      const bad = series.find((index, at) => values[at] === undefined && !isAbsent(cells[index] ?? ""));
      if (bad !== undefined) return refuse("no-value", `has no number in column "${names[bad] ?? ""}"`);
      if (series.length > 1) sink.read(series.length - 1);
      if (series.length === 0) return sink.skip("no value");
      const suffix = suffixOf(names, cells);
      for (const [at, index] of series.entries()) {
        const value = values[at];
        if (value === undefined) {
          sink.skip("empty cell");
          continue;
        }
        const name = `${names[index] ?? ""}${suffix}`;
        const message = `${name} ${cells[index] ?? ""}`;
        const context = `${index}\n${header}`;
        sink.record(
          { kind: "sample", time, level: Level.none, service: null, message, name, value, context },
          offset,
          length,
          line,
        );
      }
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const cells = text.split(";");
  const split = context?.indexOf("\n") ?? -1;
  if (context === null || split < 0)
    return { message: cells.slice(FIRST).join(" ").trim(), fields: [["host", cells[0] ?? ""]] };
  const names = namesOf(context.slice(split + 1));
  const index = Number(context.slice(0, split));
  return {
    message: `${names[index] ?? ""}${suffixOf(names, cells)} ${cells[index] ?? ""}`,
    fields: cells.map((cell, at) => [(names[at] ?? `column ${at + 1}`).replace(/^# ?/, ""), cell] as const),
  };
}

export default {
  id: "sadf-rows",
  title: "Statistics of sadf, one moment a row",
  version: 1,
  unit: "sample",
  detect,
  parser,
  decode,
} satisfies Format;
