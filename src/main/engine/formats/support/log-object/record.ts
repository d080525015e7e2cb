/** Turns what a log object says into a record, the same for every format whose records are such objects. */
import { Level } from "../../../../../shared/model/level.ts";
import type { RecordInput } from "../../../../../shared/model/record.ts";
import type { RecordSink } from "../../format.ts";
import type { LogObject } from "./reader.ts";

export function logRecord(log: LogObject, text: string): RecordInput {
  return {
    kind: log.time === null && log.message === null && log.level === Level.none && !log.outOfRange ? "json" : "log",
    time: log.time,
    level: log.level,
    service: log.service,
    message: log.message ?? text,
    traceId: log.traceId,
    spanId: log.spanId,
    requestId: log.requestId,
    correlationId: log.correlationId,
  };
}

/** Says that a record lost its time because no store could hold it. */
export function warnOutOfRange(sink: RecordSink, line: number): void {
  sink.warn("time-out-of-range", `Line ${line} has a time outside of 1970 to 2199; the record is kept without a time.`);
}
