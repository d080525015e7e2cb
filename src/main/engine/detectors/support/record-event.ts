/** Makes the event of one record: what both share is copied in one place. */
import type { EventKind, EventSource, NewEvent, SourceReference } from "../../../../shared/model/event.ts";
import type { FieldValue } from "../../../../shared/model/record.ts";
import { singleTextAt, textAt } from "../../../../shared/model/segment.ts";
import type { Severity } from "../../../../shared/model/severity.ts";
import { micros } from "../../../../shared/units.ts";
import type { DetectorSegment } from "../detector.ts";
import { fingerprint } from "./fingerprint.ts";

export interface EventWords {
  readonly detector: string;
  readonly source: EventSource;
  readonly kind: EventKind;
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
  readonly confidence?: number;
  readonly metadata?: Readonly<Record<string, FieldValue>>;
  readonly tags?: readonly string[];
}

export function referenceTo(segment: DetectorSegment, row: number): SourceReference {
  const { columns, sourceId, segmentId } = segment;
  return {
    sourceId,
    offset: columns.offset[row] ?? 0,
    length: columns.length[row] ?? 0,
    record: `s${segmentId}:${row}`,
  };
}

/** The event of a record that has a time; it lasts as long as the record does. */
export function eventOfRecord(segment: DetectorSegment, row: number, words: EventWords): NewEvent {
  const { columns } = segment;
  const time = columns.time[row] ?? Number.NaN;
  const duration = columns.duration?.[row] ?? Number.NaN;
  const service = textAt(columns.service, row);
  const reference = referenceTo(segment, row);
  return {
    time: micros(time),
    endTime: duration > 0 ? micros(Math.round(time + duration)) : null,
    source: words.source,
    kind: words.kind,
    severity: words.severity,
    service,
    title: words.title,
    description: words.description,
    traceId: singleTextAt(columns.traceId, row),
    spanId: singleTextAt(columns.spanId, row),
    requestId: singleTextAt(columns.requestId, row),
    correlationId: singleTextAt(columns.correlationId, row),
    reference,
    confidence: words.confidence ?? 1,
    fingerprint: fingerprint(words.detector, words.kind, reference.sourceId, reference.offset, time),
    metadata: words.metadata ?? {},
    tags: words.tags ?? [],
  };
}

/** First line of a text, cut to what a title holds. */
export function titleOf(text: string, limit = 160): string {
  const line = text.trimStart().split("\n", 1)[0] ?? "";
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
