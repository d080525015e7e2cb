/** A record of a case as one JSON object: the same names as `parse` prints, and where it stands. */
import type { RecordDetail } from "../../shared/contract.ts";
import type { IncidentEvent } from "../../shared/model/event.ts";
import { levelName } from "../../shared/model/level.ts";
import { micros } from "../../shared/units.ts";
import { isoMicros, isoMicrosOrNull, isoTime } from "./iso-time.ts";
import { fieldsObject } from "./parsed-json.ts";

export const recordTime = ({ time, nanos, digits }: Pick<RecordDetail, "time" | "nanos" | "digits">): string | null =>
  time === null ? null : isoTime({ micros: micros(time), nanos, digits });

export function recordJson(record: RecordDetail): Record<string, unknown> {
  return {
    ref: record.ref,
    path: record.path,
    line: record.line,
    offset: record.offset,
    length: record.length,
    kind: record.kind,
    time: recordTime(record),
    level: record.level === 0 ? null : levelName(record.level),
    service: record.service,
    message: record.message,
    fields: fieldsObject(record.fields),
    name: record.name,
    value: record.value,
    durationMicros: record.duration,
    traceId: record.traceId,
    spanId: record.spanId,
    parentId: record.parentId,
    requestId: record.requestId,
    correlationId: record.correlationId,
  };
}

export const eventJson = (event: IncidentEvent): Record<string, unknown> => ({
  ...event,
  time: isoMicros(event.time),
  endTime: isoMicrosOrNull(event.endTime),
});
