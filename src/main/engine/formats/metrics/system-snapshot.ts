/**
 * What top -b, uptime, free, df, ps and docker stats print, alone or one after the other, as scripts gather it in an
 * incident: https://man7.org/linux/man-pages/man1/top.1.html, https://docs.docker.com/reference/cli/docker/container/stats/.
 * Quirks: only top and uptime tell when that was, and without a day; a line that belongs to none of them is kept as text.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { clockOfLoads, gaugesOf, isGaugeHeader } from "../support/console/gauges.ts";
import { sayMoment, writtenAt } from "../support/console/moment.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { sampleMessage, sampleRecord, seriesName } from "../support/metrics/series.ts";
import { TimeReader } from "../support/time/reader.ts";
import { UndatedDays } from "../support/time/undated-days.ts";

/** docker stats clears the screen before each of its tables. */
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** What `date` prints: the zone may stand before the year. */
const DATE = /^(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d(?: [AP]M)?) ([A-Z]{3,5}) (\d{4})$/;
const LEAST_SHARE = 0.6;

const plain = (text: string): string => text.replace(ESCAPES, "");
const dateOf = (text: string): string => text.trim().replace(DATE, "$1 $3 $2");

function detect(sample: Sample): Detection | null {
  if (sample.jsonLines.length > 0) return null;
  let header: string | null = null;
  let filled = 0;
  let fitting = 0;
  let headers = 0;
  let gauges = 0;
  for (const line of sample.lines) {
    const text = plain(line);
    if (text.trim() === "") header = null;
    else {
      filled += 1;
      if (isGaugeHeader(text)) {
        header = text;
        headers += 1;
        fitting += 1;
        continue;
      }
      const found = gaugesOf(text, header);
      if (found === null) continue;
      fitting += 1;
      gauges += found.length;
    }
  }
  const isOnlyLoads = headers === 0 && sample.lines.some((line) => clockOfLoads(line) !== null);
  if (gauges === 0 || (headers === 0 && !isOnlyLoads) || fitting < LEAST_SHARE * filled) return null;
  return { confidence: 0.95, reason: `${fitting} of ${filled} lines are numbers of a system as commands print them` };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  const days = new UndatedDays(options, sink);
  let header: string | null = null;
  /** Of what was printed last; null until a command told it. */
  let moment: Timestamp | null = null;
  const timeOf = (): Timestamp | null => {
    if (moment === null) sayMoment(options, sink, "Numbers of a system");
    return moment ?? writtenAt(options);
  };
  return new LineReader(sink, {
    line(raw, offset, length, line) {
      const text = plain(raw);
      if (text.trim() === "") {
        header = null;
        return sink.skip("blank line");
      }
      if (isGaugeHeader(text)) {
        header = text;
        return sink.skip("header");
      }
      const date = dateOf(text);
      if (/^[A-Z\d]/.test(date) && times.whole(date) && times.dated) {
        moment = times.time;
        days.heads(moment);
        return sink.skip("date");
      }
      const clock = clockOfLoads(text);
      if (clock !== null && times.whole(clock)) moment = days.place(times.timeOfDay);
      const gauges = gaugesOf(text, header);
      if (gauges === null) {
        header = null;
        const input = { kind: "text", time: timeOf(), level: Level.none, service: null, message: text } as const;
        return sink.record(input, offset, length, line);
      }
      if (gauges.length === 0) return sink.skip("nothing but zeros");
      if (gauges.length > 1) sink.read(gauges.length - 1);
      const time = timeOf();
      for (const [at, { metric, labels, value, service }] of gauges.entries()) {
        const context = `${at}\n${header ?? ""}`;
        sink.record(
          sampleRecord({ name: seriesName(metric, labels), service, context }, time, value),
          offset,
          length,
          line,
        );
      }
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = plain(lineText(raw));
  if (context === null) return { message: text, fields: [] };
  const split = context.indexOf("\n");
  const found = gaugesOf(text, context.slice(split + 1) || null)?.[Number(context.slice(0, split))];
  if (found === undefined) return { message: text, fields: [] };
  const { metric, labels, value } = found;
  const fields = [["__name__", metric], ...labels, ["value", value]] as const;
  return { message: sampleMessage(seriesName(metric, labels), value), fields };
}

export default {
  id: "system-snapshot",
  title: "top, uptime, free, df, ps and docker stats",
  version: 1,
  unit: "sample",
  detect,
  parser,
  decode,
} satisfies Format;
