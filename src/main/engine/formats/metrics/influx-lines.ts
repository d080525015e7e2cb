/**
 * InfluxDB's line protocol, as `influx_inspect export` and Telegraf write it,
 * https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/
 * Quirks: a line holds a sample a field; fields of text are none, and a line of these alone is a log. The precision of the
 * time is said nowhere: its magnitude tells. A point without a time, which a server would give its own, has none.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { influxMetric, type InfluxPoint, NoPoint, readInfluxPoint } from "../support/metrics/influx-point.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { serviceOfLabels } from "../support/metrics/labels.ts";
import { sampleMessage, sampleRecord, seriesName } from "../support/metrics/series.ts";
import { TimeReader } from "../support/time/reader.ts";

const LEAST_SHARE = 0.5;
/** Statements and comments of an export. */
const STATEMENT = /^CREATE (?:DATABASE|RETENTION POLICY) /;

const seriesOf = ({ measurement, tags }: InfluxPoint, field: string): string =>
  seriesName(influxMetric(measurement, field), tags);

/** A name and a field could stand in any text: tags or a time must be there. */
function detect(sample: Sample): Detection | null {
  if (sample.json !== undefined) return null;
  const own = sample.lines.filter((line) => line.trim() !== "" && !line.startsWith("#") && !STATEMENT.test(line));
  const points = own.map(readInfluxPoint).filter((point): point is InfluxPoint => !(point instanceof NoPoint));
  const certain = points.filter(({ tags, time }) => tags.length > 0 || (time?.length ?? 0) >= 10).length;
  const share = points.length / Math.max(own.length, 1);
  if (share < LEAST_SHARE || certain < LEAST_SHARE * own.length) return null;
  return { confidence: 0.8 + 0.17 * share, reason: `${points.length} of ${own.length} lines are points of InfluxDB` };
}

const textOf = ({ fields }: InfluxPoint): string => fields.map(([name, value]) => `${name}=${value}`).join(" ");

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  return new LineReader(
    sink,
    {
      line(text, offset, length, line, lines) {
        if (text.trim() === "") return sink.skip("blank line");
        if (text.startsWith("#")) return sink.skip("comment");
        if (STATEMENT.test(text)) return sink.skip("statement");
        const point = readInfluxPoint(text);
        if (point instanceof NoPoint) {
          const message = `Line ${line} at byte ${offset} ${point.what}.`;
          return lines.deadLetter("invalid-point", message, offset, length, line);
        }
        const timed = point.time !== null && times.whole(point.time);
        if (point.time !== null && !timed) warnOutOfRange(sink, line);
        const time = timed ? times.time : null;
        const service = serviceOfLabels(Object.fromEntries(point.tags));
        const numbers = point.fields.filter((field): field is [string, number] => typeof field[1] === "number");
        if (numbers.length === 0) {
          const message = textOf(point);
          return sink.record({ kind: "log", time, level: Level.none, service, message }, offset, length, line);
        }
        if (numbers.length > 1) sink.read(numbers.length - 1);
        for (const [context, value] of numbers) {
          const series = { name: seriesOf(point, context), service, context };
          sink.record(sampleRecord(series, time, value), offset, length, line);
        }
      },
    },
    options.from,
  );
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const point = readInfluxPoint(text);
  if (point instanceof NoPoint) return { message: text, fields: [] };
  const value = point.fields.find(([name]) => name === context)?.[1];
  const message = typeof value === "number" ? sampleMessage(seriesOf(point, context ?? ""), value) : textOf(point);
  const { measurement, tags, fields, time } = point;
  return {
    message,
    fields: [["measurement", measurement], ...tags, ...fields, ...(time === null ? [] : [["time", time] as const])],
  };
}

export default {
  id: "influx-lines",
  title: "InfluxDB line protocol",
  version: 1,
  unit: "sample",
  linesStandAlone: true,
  detect,
  parser,
  decode,
} satisfies Format;
