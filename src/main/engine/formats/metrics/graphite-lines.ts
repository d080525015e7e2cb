/**
 * Graphite's plaintext protocol, as Carbon takes it, https://graphite.readthedocs.io/en/latest/feeding-carbon.html#the-plaintext-protocol:
 * `servers.web1.load 0.5 1700000000`, tags behind semicolons. Quirk: -1 stands for the time when it was received, which
 * nothing tells.
 */
import type { DecodedRecord, Fields } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { fieldsOf } from "../support/fields.ts";
import { graphiteSeries } from "../support/metrics/graphite-path.ts";
import { lineText } from "../support/lines.ts";
import { sampleLineParser } from "../support/metrics/sample-lines.ts";
import { sampleMessage, seriesName } from "../support/metrics/series.ts";
import { TimeReader } from "../support/time/reader.ts";

const LEAST_SHARE = 0.5;
const POINT =
  /^([^\s"'{}[\]]+)[ \t]+([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|nan)[ \t]+(-1|\d{9,19}(?:\.\d+)?)[ \t]*$/i;
/** The time of a point that takes the one at which it is received. */
const RECEIVED = "-1";
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
  return sampleLineParser(options, sink, (text) => {
    const point = pointOf(text);
    if (point === null) return { reason: "invalid-point", what: "is not a path, a value and a time" };
    const { name: metric, labels, value } = point;
    const isTimed = times.whole(point.time);
    const time = isTimed ? times.time : null;
    return { metric, labels, value, time, outOfRange: !isTimed && point.time !== RECEIVED };
  });
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
