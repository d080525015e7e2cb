/**
 * The table that `kubectl get events` and `kubectl events` print,
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_events/: columns under the names of a header.
 * Quirk: it tells how long ago an event was, so times are counted back from when the file was written.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, Timestamp } from "../../../../shared/model/record.ts";
import { isPlausibleTime, micros, MICROS_PER_SECOND } from "../../../../shared/units.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { underHeader } from "../support/csv/cells.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { workloadOfPod } from "../support/workload.ts";

const HEADER = /^(?:NAMESPACE +)?LAST SEEN +(?:COUNT +)?TYPE +REASON +OBJECT +.*\bMESSAGE\b/;
const UNKNOWN = "<unknown>";
const UNITS: Readonly<Record<string, number>> = { y: 31_536_000, d: 86_400, h: 3_600, m: 60, s: 1 };
const AGE = /^(?:\d+[ydhms])+(?= |$)/;

/** Where each column of a header begins. */
interface Columns {
  readonly names: readonly string[];
  readonly starts: readonly number[];
}

function columnsOf(header: string): Columns {
  const found = [...header.matchAll(/\S+(?: \S+)*/g)];
  return { names: found.map(([name]) => name), starts: found.map(({ index }) => index) };
}

/** Null where a row is not of these columns. */
function cellsOf(row: string, { names, starts }: Columns): readonly string[] | null {
  const isAligned = starts.every((start) => start === 0 || row.length <= start || row[start - 1] === " ");
  if (isAligned) return starts.map((start, at) => row.slice(start, starts[at + 1]).trim());
  // What was printed later, as the table went on, has widths of its own.
  const cells = row.trim().split(/ {2,}/);
  if (cells.length < names.length) return null;
  return [...cells.slice(0, names.length - 1), cells.slice(names.length - 1).join("  ")];
}

interface Event {
  readonly cells: readonly (readonly [string, string])[];
  readonly age: string;
  readonly level: Level;
  readonly service: string | null;
  readonly message: string;
}

function eventOf(row: string, columns: Columns): Event | null {
  const cells = cellsOf(row, columns);
  if (cells === null) return null;
  const cell = (name: string): string => cells[columns.names.indexOf(name)] ?? "";
  const age = cell("LAST SEEN");
  const type = cell("TYPE");
  if (!(AGE.test(age) || age === UNKNOWN) || !/^[A-Z][a-z]+$/.test(type)) return null;
  const [kind = "", name = ""] = cell("OBJECT").split("/");
  return {
    cells: columns.names.map((column, at) => [column, cells[at] ?? ""] as const).filter(([, value]) => value !== ""),
    age,
    level: type === "Normal" ? Level.info : Level.warn,
    service: name === "" ? null : ((kind.toLowerCase() === "pod" ? workloadOfPod(name) : undefined) ?? name),
    message: `${cell("REASON")}: ${cell("MESSAGE")}`,
  };
}

/** Seconds. */
const secondsOf = (age: string): number =>
  [...(AGE.exec(age)?.[0] ?? "").matchAll(/(\d+)([ydhms])/g)].reduce(
    (sum, [, count, unit = "s"]) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );

function detect(sample: Sample): Detection | null {
  const at = sample.lines.findIndex((line) => HEADER.test(line));
  if (at < 0 || at > 3) return null;
  const columns = columnsOf(sample.lines[at] ?? "");
  const rows = sample.lines.slice(at + 1).filter((line) => line.trim() !== "");
  const fitting = rows.filter((row) => eventOf(row, columns) !== null).length;
  if (rows.length > 0 && fitting === 0) return null;
  return { confidence: 0.96, reason: `${fitting} of ${rows.length} rows are events as kubectl lists them` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  let header: string | null = null;
  let columns: Columns = { names: [], starts: [] };
  const timeOf = (age: string): Timestamp | null => {
    if (options.isModified !== true) {
      const message =
        "Ages of events are counted from when the file was written, which is not known: they have no time.";
      sink.warn("no-time", message);
      return null;
    }
    sink.warn("ages", "Events state their age: times are counted back from when the file was last changed.");
    const seconds = Math.floor(options.now / MICROS_PER_SECOND) - secondsOf(age);
    const value = seconds * MICROS_PER_SECOND;
    return age === UNKNOWN || !isPlausibleTime(value) ? null : { micros: micros(value), nanos: 0, digits: 0 };
  };
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trim() === "") return sink.skip("blank line");
      if (HEADER.test(text)) {
        header = text;
        columns = columnsOf(text);
        return sink.skip("header");
      }
      const event = header === null ? null : eventOf(text, columns);
      if (event === null) {
        const what = `Line ${line} at byte ${offset} is no row of the table: it has no age and type in its columns.`;
        const around = header === null ? undefined : underHeader(header);
        return lines.deadLetter("wrong-columns", what, offset, length, line, around);
      }
      const { level, service, message, age } = event;
      const context = header ?? undefined;
      sink.record({ kind: "log", time: timeOf(age), level, service, message, context }, offset, length, line);
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const event = context === null ? null : eventOf(text, columnsOf(context));
  return event === null ? { message: text, fields: [] } : { message: event.message, fields: event.cells };
}

export default {
  id: "kubectl-events",
  title: "Events as kubectl lists them",
  version: 1,
  unit: "row",
  detect,
  parser,
  decode,
} satisfies Format;
