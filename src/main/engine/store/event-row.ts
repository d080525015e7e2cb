// An event as a row, and back.
import type { EventKind, EventSource, IncidentEvent, NewEvent } from "../../../shared/model/event.ts";
import type { FieldValue } from "../../../shared/model/record.ts";
import { SEVERITIES, severityRank } from "../../../shared/model/severity.ts";
import { micros } from "../../../shared/units.ts";

export interface EventRow {
  id: number;
  time: number;
  end_time: number | null;
  source: string;
  kind: string;
  severity: number;
  service: string | null;
  title: string;
  description: string;
  trace_id: string | null;
  span_id: string | null;
  request_id: string | null;
  correlation_id: string | null;
  source_id: number | null;
  byte_offset: number | null;
  byte_length: number | null;
  record: string | null;
  confidence: number;
  fingerprint: string;
  metadata: string;
  tags: string;
  pass: number | null;
  edited_at: number | null;
}

/** What an event says, as parameters of a statement. */
export type EventValues = Omit<EventRow, "id" | "pass" | "edited_at">;

export const EVENT_COLUMNS = [
  "time",
  "end_time",
  "source",
  "kind",
  "severity",
  "service",
  "title",
  "description",
  "trace_id",
  "span_id",
  "request_id",
  "correlation_id",
  "source_id",
  "byte_offset",
  "byte_length",
  "record",
  "confidence",
  "fingerprint",
  "metadata",
  "tags",
] as const satisfies readonly (keyof EventValues)[];

export function valuesOf(event: NewEvent): EventValues {
  const { reference } = event;
  return {
    time: Math.round(event.time),
    end_time: event.endTime === null ? null : Math.round(event.endTime),
    source: event.source,
    kind: event.kind,
    severity: severityRank(event.severity),
    service: event.service,
    title: event.title,
    description: event.description,
    trace_id: event.traceId,
    span_id: event.spanId,
    request_id: event.requestId,
    correlation_id: event.correlationId,
    source_id: reference?.sourceId ?? null,
    byte_offset: reference?.offset ?? null,
    byte_length: reference?.length ?? null,
    record: reference?.record ?? null,
    confidence: event.confidence,
    fingerprint: event.fingerprint,
    metadata: JSON.stringify(event.metadata),
    tags: JSON.stringify(event.tags),
  };
}

export function eventOf(row: EventRow): IncidentEvent {
  return {
    id: row.id,
    time: micros(row.time),
    endTime: row.end_time === null ? null : micros(row.end_time),
    source: row.source as EventSource,
    kind: row.kind as EventKind,
    severity: SEVERITIES[row.severity] ?? "INFO",
    service: row.service,
    title: row.title,
    description: row.description,
    traceId: row.trace_id,
    spanId: row.span_id,
    requestId: row.request_id,
    correlationId: row.correlation_id,
    reference:
      row.source_id === null
        ? null
        : { sourceId: row.source_id, offset: row.byte_offset ?? 0, length: row.byte_length ?? 0, record: row.record },
    confidence: row.confidence,
    fingerprint: row.fingerprint,
    metadata: JSON.parse(row.metadata) as Record<string, FieldValue>,
    tags: JSON.parse(row.tags) as string[],
  };
}
