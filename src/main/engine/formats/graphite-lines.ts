/**
 * Graphite's plaintext protocol, as Carbon takes it, https://graphite.readthedocs.io/en/latest/feeding-carbon.html#the-plaintext-protocol:
 * `servers.web1.load 0.5 1700000000`, tags behind semicolons. Quirk: -1 stands for the time when it was received, which
 * nothing tells.
 */
import { Level } from "../../../shared/model/level.ts";
import type { DecodedRecord, Fields } from "../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "./format.ts";
import { fieldsOf } from "./support/fields.ts";
import { graphiteSeries } from "./support/graphite-path.ts";
import { LineReader, lineText } from "./support/lines.ts";
import { warnOutOfRange } from "./support/log-record.ts";
import { serviceOfLabels } from "./support/metric-labels.ts";
import { sampleMessage, seriesName } from "./support/series.ts";
import { TimeReader } from "./support/time.ts";

const LEAST_SHARE = 0.5;
const POINT =
  /^([^\s"'{}[\]]+)[ \t]+([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|nan)[ \t]+(-1|\d{9,19}(?:\.\d+)?)[ \t]*$/i;
/** A path has steps or tags; a word, a number and a number could be anything. */
const PATH = /^[a-zA-Z_][^;]*(?:\.[^;]|;[^=;]+=)/;

interface Point {
  readonly name: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: number;
  readonly time: string;
}

function pointOf(text: string): Point | null {
  const [, path = "", value = "", time = ""] = POINT.exec(text) ?? [];
  return PATH.test(path) ? { ...graphiteSeries(path), value: Number(value), time } : null;
}

function detect(sample: Sample): Detection | null {
  if (sample.json !== undefined) return null;
  const own = sample.lines.filter((line) => line.trim() !== "");
  const points = own.filter((line) => pointOf(line) !== null).length;
  const share = points / Math.max(own.length, 1);
  if (share < LEAST_SHARE) return null;
  return { confidence: 0.8 + 0.16 * share, reason: `${points} of ${own.length} lines are a path, a value and a time` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  return new LineReader(
    sink,
    {
      line(text, offset, length, line, lines) {
        if (text.trim() === "") return sink.skip("blank line");
        const point = pointOf(text);
        if (point === null) {
          const message = `Line ${line} at byte ${offset} is not a path, a value and a time.`;
          return lines.deadLetter("invalid-point", message, offset, length, line);
        }
        const timed = times.whole(point.time);
        if (!timed && point.time !== "-1") warnOutOfRange(sink, line);
        const { value } = point;
        const name = seriesName(point.name, fieldsOf(point.labels));
        const service = serviceOfLabels(point.labels);
        const time = timed ? times.time : null;
        const message = sampleMessage(name, value);
        sink.record({ kind: "sample", time, level: Level.none, service, message, name, value }, offset, length, line);
      },
    },
    options.from,
  );
}

function decode(raw: Uint8Array): DecodedRecord {
  const text = lineText(raw);
  const point = pointOf(text);
  if (point === null) return { message: text, fields: [] };
  const labels: Fields = fieldsOf(point.labels);
  return {
    message: sampleMessage(seriesName(point.name, labels), point.value),
    fields: [["path", point.name], ...labels, ["value", point.value], ["time", point.time]],
  };
}

export default {
  id: "graphite-lines",
  title: "Graphite plaintext protocol",
  version: 1,
  unit: "sample",
  linesStandAlone: true,
  detect,
  parser,
  decode,
} satisfies Format;
