/**
 * Entries of systemd's journal as `journalctl -o verbose` prints them,
 * https://www.freedesktop.org/software/systemd/man/journalctl.html: a line with the time and the entry's address, and a
 * field a line below it, indented. Quirk: further lines of a value are indented by the length of the field's name.
 */
import type { DecodedRecord, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { BlockReader } from "../support/block-reader.ts";
import { JournalFields } from "../support/journal/fields.ts";
import type { JsonObject } from "../support/json/value.ts";
import { lineText } from "../support/lines.ts";
import { logObjectFields, LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TimeReader } from "../support/time/reader.ts";

const HEADER = /^(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^[\]]{0,40} \[s=[0-9a-f]+;i=[0-9a-f]+;b=[0-9a-f]+;/;
const FIELD = /^ {4}([A-Z_][A-Z0-9_]{0,63})=(.*)$/s;
/** Lines of journalctl itself. */
const MARK = /^-- .* --$/;
const UNSAID = "(an entry without a message)";

function detect(sample: Sample): Detection | null {
  if (!sample.text.includes(" [s=")) return null;
  const filled = sample.lines.filter((line) => line.trim().length > 0 && !MARK.test(line));
  const headers = filled.filter((line) => HEADER.test(line)).length;
  if (headers === 0) return null;
  const fitting = filled.filter((line) => HEADER.test(line) || line.startsWith("    ")).length;
  const share = fitting / filled.length;
  if (share < 0.5) return null;
  return {
    confidence: 0.5 + 0.47 * share,
    reason: `${headers} entries of a journal, ${fitting} of ${filled.length} lines`,
  };
}

/** The fields of an entry, from the lines below its first one. */
function fieldsIn(lines: readonly string[]): JsonObject {
  const fields = new JournalFields();
  let open: { name: string; value: string } | null = null;
  for (const line of lines) {
    if (line.trim().length === 0) continue;
    const [, name, value = ""] = FIELD.exec(line) ?? [];
    if (name === undefined && open !== null)
      open.value += `\n${line.slice(Math.min(open.name.length + 5, indentOf(line)))}`;
    if (name === undefined) continue;
    if (open !== null) fields.add(open.name, open.value);
    open = { name, value };
  }
  if (open !== null) fields.add(open.name, open.value);
  return fields.object();
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  const reader = new LogObjectReader(new TimeReader(options));
  const blocks: BlockReader<Timestamp | null> = new BlockReader<Timestamp | null>(sink, {
    noun: "entry",
    line(text, offset, length, line, lines) {
      if (HEADER.test(text) && times.prefix(text, 0)) {
        if (times.outOfRange) warnOutOfRange(sink, line);
        return blocks.begin(times.time);
      }
      if (MARK.test(text)) {
        blocks.close();
        return sink.skip("header");
      }
      if (text.trim().length === 0) return sink.skip("blank line");
      if (blocks.open === null || !text.startsWith("    ")) {
        blocks.close();
        const what = `Line ${line} at byte ${offset} belongs to no entry: it is neither one's first line nor indented below it.`;
        return lines.deadLetter("no-entry", what, offset, length, line);
      }
      blocks.add();
    },
    block({ head: time, texts, offset, length, line }) {
      const log = reader.read(fieldsIn(texts.slice(1)));
      sink.record({ ...logRecord(log, UNSAID), kind: "log", time }, offset, length, line);
    },
  });
  return blocks;
}

function decode(raw: Uint8Array): DecodedRecord {
  const [first = "", ...rest] = lineText(raw).split(/\r?\n/);
  const entry = fieldsIn(rest);
  const log = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)).read(entry);
  const times = new TimeReader(SAMPLE_OPTIONS);
  const time = times.prefix(first, 0) ? first.slice(0, times.end) : "";
  const address = /\[(.*)\]$/.exec(first)?.[1] ?? "";
  return { message: log.message ?? UNSAID, fields: [["time", time], ["__CURSOR", address], ...logObjectFields(entry)] };
}

export default {
  id: "journal-verbose",
  title: "Journal of systemd (journalctl -o verbose)",
  version: 2,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
