/**
 * logfmt, https://brandur.org/logfmt: `time=… level=info msg="started" key=value`, as logrus, Grafana, Prometheus and Heroku
 * write. Quirk: there is no specification; a line is taken for logfmt when it is pairs from its first to its last character.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { FieldValues } from "../support/log-object/field-values.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { type JsonObject, LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { LogViewReader } from "../support/log-object/view.ts";
import { LogfmtBytes } from "../support/logfmt/bytes.ts";
import { logfmtPairs, type Pair } from "../support/logfmt/pairs.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TimeReader } from "../support/time/reader.ts";

const LEAST_SHARE = 0.5;
/** Pairs have no members beside those that were found. */
const NO_MEMBERS: JsonObject = {};

/** A pair with a value must be there; flags alone are words. */
function pairsOf(text: string): readonly Pair[] | null {
  const pairs = logfmtPairs(text);
  return pairs !== null && pairs.some(({ value }) => value.length > 0) ? pairs : null;
}

function detect(sample: Sample): Detection | null {
  const filled = sample.lines.filter((line) => line.trim().length > 0);
  const reader = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS));
  let logs = 0;
  for (const line of filled) {
    const pairs = pairsOf(line);
    // A line that starts with a bare word, such as a time, is text with pairs in it.
    if (pairs === null || pairs[0]?.isFlag !== false) continue;
    if (pairs.filter(({ value }) => value.length > 0).length < 2) continue;
    const log = reader.readPairs(pairs);
    if (log.level !== Level.none || log.time !== null || log.message !== null) logs += 1;
  }
  const share = logs / Math.max(filled.length, 1);
  if (logs === 0 || share < LEAST_SHARE) return null;
  return {
    confidence: 0.95 * share,
    reason: `${logs} of ${filled.length} lines are key=value pairs with a time, level or message`,
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  const reader = new LogObjectReader(times);
  const views = new LogViewReader(times);
  const pairs = new LogfmtBytes();
  const found = new FieldValues();
  return new LineReader(
    sink,
    {
      bytes(bytes, from, to, offset, line) {
        if (sink.recordView === undefined || !pairs.read(bytes, from, to, found)) return false;
        const view = views.read(found, NO_MEMBERS);
        if (view === null) return false;
        sink.recordView(view, offset, to - from, line);
        return true;
      },
      line(text, offset, length, line, lines) {
        if (text.trimStart().length === 0) return sink.skip("blank line");
        const written = pairsOf(text);
        if (written === null) {
          const message = `Line ${line} at byte ${offset} is not key=value pairs from start to end; a quote may be open.`;
          return lines.deadLetter("invalid-logfmt", message, offset, length, line);
        }
        const log = reader.readPairs(written, text);
        if (log.outOfRange) warnOutOfRange(sink, line);
        sink.record({ ...logRecord(log, text), kind: "log" }, offset, length, line);
      },
    },
    options.from,
  );
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const pairs = pairsOf(text) ?? [];
  const log = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)).readPairs(pairs, text);
  return { message: log.message ?? text, fields: pairs.map(({ key, value }) => [key, value] as const) };
}

const format: Format = {
  id: "logfmt",
  title: "logfmt",
  version: 3,
  unit: "line",
  linesStandAlone: true,
  detect,
  parser,
  decode,
};
export default format;
