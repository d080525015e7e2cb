/**
 * The table that `kubectl get events` and `kubectl events` print,
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_events/: columns under the names of a header.
 * Quirk: it tells how long ago an event was, so times are counted back from when the file was written.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { cellsOf, type Columns, columnsOf, namedCells } from "../support/console/columns.ts";
import { ageSeconds, isAge, writtenAt } from "../support/console/moment.ts";
import { underHeader } from "../support/csv/cells.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { workloadOfPod } from "../support/workload.ts";

const HEADER = /^(?:NAMESPACE +)?LAST SEEN +(?:COUNT +)?TYPE +REASON +OBJECT +.*\bMESSAGE\b/;
const UNKNOWN = "<unknown>";
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
  if (!(isAge(age) || age === UNKNOWN) || !/^[A-Z][a-z]+$/.test(type)) return null;
  const [kind = "", name = ""] = cell("OBJECT").split("/");
  return {
    cells: namedCells(columns, cells),
    age,
    level: type === "Normal" ? Level.info : Level.warn,
    service: name === "" ? null : ((kind.toLowerCase() === "pod" ? workloadOfPod(name) : undefined) ?? name),
    message: `${cell("REASON")}: ${cell("MESSAGE")}`,
  };
}

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
    return age === UNKNOWN ? null : writtenAt(options, ageSeconds(age));
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
