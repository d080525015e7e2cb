/** A source of which each line is one sample of a metric: a format says what a line is, and this files it. */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import type { ParseOptions, Parser, RecordSink } from "../../format.ts";
import { fieldsOf } from "../fields.ts";
import type { JsonObject } from "../json/value.ts";
import { LineReader } from "../lines.ts";
import { warnOutOfRange } from "../log-object/record.ts";
import { serviceOfLabels } from "./labels.ts";
import { sampleRecord, seriesName } from "./series.ts";

export interface SampleLine {
  readonly metric: string;
  readonly labels: JsonObject;
  readonly value: number;
  readonly time: Timestamp | null;
  /** The line states a time that cannot be stored. */
  readonly outOfRange: boolean;
}

/** Why a line is no sample, as "line 5 …" goes on: "has no number". */
export interface RefusedLine {
  readonly reason: string;
  readonly what: string;
}

/** `read` answers with a text for a line that is rightly passed over: the reason. Blank lines it is not shown. */
export function sampleLineParser(
  options: ParseOptions,
  sink: RecordSink,
  read: (text: string) => SampleLine | RefusedLine | string,
): Parser {
  return new LineReader(
    sink,
    {
      line(text, offset, length, line, lines) {
        if (text.trim() === "") return sink.skip("blank line");
        const found = read(text);
        if (typeof found === "string") return sink.skip(found);
        if ("reason" in found) {
          const message = `Line ${line} at byte ${offset} ${found.what}.`;
          return lines.deadLetter(found.reason, message, offset, length, line);
        }
        const { metric, labels, value, time, outOfRange } = found;
        if (outOfRange) warnOutOfRange(sink, line);
        const name = seriesName(metric, fieldsOf(labels));
        sink.record(sampleRecord({ name, service: serviceOfLabels(labels) }, time, value), offset, length, line);
      },
    },
    options.from,
  );
}
