/**
 * Entries of systemd's journal as `journalctl -o export` writes them, https://systemd.io/JOURNAL_EXPORT_FORMATS/.
 * Quirk: a value of several lines or of bytes that are no text has its size before it, so that the file is not text; what
 * is damaged is passed over up to the next empty line that a field follows.
 */
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { JournalEntries } from "../support/journal/entries.ts";
import { entryObject } from "../support/journal/export.ts";
import { JOURNAL_ADDRESS, JOURNAL_NAME } from "../support/journal/fields.ts";
import { logObjectFields, LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TimeReader } from "../support/time/reader.ts";

const UNSAID = "(an entry without a message)";

function detect({ lines, text }: Sample): { confidence: number; reason: string } | null {
  const first = lines.find((line) => line.trim().length > 0) ?? "";
  if (!JOURNAL_NAME.test(first.split("=", 1)[0] ?? "") || !JOURNAL_ADDRESS.test(text)) return null;
  return { confidence: 0.98, reason: "fields of a journal's entries, with their address in it" };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const reader = new LogObjectReader(new TimeReader(options));
  return new JournalEntries({
    entry(bytes, offset, line) {
      sink.read();
      const log = reader.read(entryObject(bytes));
      if (log.outOfRange) warnOutOfRange(sink, line);
      sink.record(logRecord(log, UNSAID), offset, bytes.length, line);
    },
    lost({ reason, what }, raw, offset, length, line) {
      sink.read();
      const message = `The entry at line ${line}, byte ${offset}, is damaged: ${what}; correct it and read it again.`;
      sink.deadLetter({ offset, length, line, stage: "parse", reason, message, raw });
    },
  });
}

function decode(raw: Uint8Array): DecodedRecord {
  const entry = entryObject(raw);
  const log = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)).read(entry);
  return { message: log.message ?? UNSAID, fields: logObjectFields(entry) };
}

export default {
  id: "journal-export",
  title: "Journal of systemd (journalctl -o export)",
  version: 1,
  unit: "element",
  detect,
  parser,
  decode,
} satisfies Format;
