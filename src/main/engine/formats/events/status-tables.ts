/**
 * Tables of what runs, as `kubectl get`, `docker ps`, `helm list` and `helm history` print them for people,
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_get/ and
 * https://docs.docker.com/reference/cli/docker/container/ls/. Quirk: they tell what is true when they are printed and not
 * when that was; only Helm's rows have times. Several tables may stand in one file.
 */
import type { DecodedRecord, RecordInput } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { cellsOf, type Columns, columnsOf, namedCells } from "../support/console/columns.ts";
import { sayMoment, writtenAt } from "../support/console/moment.ts";
import { type Status, statusOf, tableOf } from "../support/console/status.ts";
import { underHeader } from "../support/csv/cells.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { TimeReader } from "../support/time/reader.ts";

/** What is printed of a resource that has none. */
const NOTHING = /^No resources found/;
/** A prompt with the command that printed the table. */
const COMMAND = /^(?:\S*[$#>%] ?|\+ )?(?:sudo )?(?:kubectl|oc|k|docker|podman|helm) /;

const isPassedOver = (text: string): boolean => NOTHING.test(text) || COMMAND.test(text);

function readRow(text: string, header: string, columns: Columns): Status | null {
  const table = tableOf(header);
  const cells = table === null ? null : cellsOf(text, columns);
  return table === null || cells === null ? null : statusOf(table, new Map(namedCells(columns, cells)));
}

function detect(sample: Sample): Detection | null {
  let header: string | null = null;
  let columns: Columns = columnsOf("");
  let rows = 0;
  let fitting = 0;
  for (const text of sample.lines) {
    if (text.trim() === "" || isPassedOver(text)) continue;
    if (tableOf(text) !== null) {
      header = text;
      columns = columnsOf(text);
      continue;
    }
    // What stands above the first table is another thing.
    if (header === null) return null;
    rows += 1;
    if (readRow(text, header, columns) !== null) fitting += 1;
  }
  if (header === null || fitting * 2 < rows) return null;
  return { confidence: 0.96, reason: `${fitting} of ${rows} rows tell the state of what runs` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  let header: string | null = null;
  let columns: Columns = columnsOf("");
  return new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trim() === "") return sink.skip("blank line");
      if (isPassedOver(text)) return sink.skip("command");
      if (tableOf(text) !== null) {
        header = text;
        columns = columnsOf(text);
        return sink.skip("header");
      }
      const status = header === null ? null : readRow(text, header, columns);
      if (status === null) {
        const what = `Line ${line} at byte ${offset} is no row of the table: it does not fit the columns above it.`;
        const around = header === null ? undefined : underHeader(header);
        return lines.deadLetter("wrong-columns", what, offset, length, line, around);
      }
      const isTimed = status.time !== null && times.whole(status.time);
      if (isTimed && times.outOfRange) warnOutOfRange(sink, line);
      if (!isTimed) sayMoment(options, sink, "Tables of what runs");
      const time = isTimed ? times.time : writtenAt(options);
      const { kind, level, service, message, name } = status;
      const input: RecordInput = { kind, time, level, service, message, name, context: header ?? undefined };
      sink.record(input, offset, length, line);
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const header = context ?? "";
  const columns = columnsOf(header);
  const cells = cellsOf(text, columns) ?? [];
  return { message: readRow(text, header, columns)?.message ?? text, fields: namedCells(columns, cells) };
}

export default {
  id: "status-tables",
  title: "Tables of kubectl get, docker ps and helm",
  version: 1,
  unit: "row",
  detect,
  parser,
  decode,
} satisfies Format;
