/**
 * Plain text: every line that is not blank is a record without a time. Never chosen by recognition; it is what "read as
 * plain text" uses on a source that no format knows. Quirk: there is nothing to get wrong, so no line is ever a dead letter
 * unless it is too long to hold.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, Parser, RecordSink } from "../format.ts";
import { type LineHandler, LineReader, lineText } from "../support/lines.ts";

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const handler: LineHandler = {
    line(text, offset, length, line) {
      if (text.trimStart().length === 0) return sink.skip("blank line");
      sink.record({ kind: "text", time: null, level: Level.none, service: null, message: text }, offset, length, line);
    },
  };
  return new LineReader(sink, handler, options.from);
}

const decode = (raw: Uint8Array): DecodedRecord => ({ message: lineText(raw), fields: [] });

const format: Format = {
  id: "plain-text",
  title: "Plain text",
  version: 1,
  unit: "line",
  linesStandAlone: true,
  detect: () => null,
  parser,
  decode,
};
export default format;
