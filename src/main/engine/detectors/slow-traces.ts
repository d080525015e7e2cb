/** Sums spans into traces, and makes an event of each that is slow or failed. */
import type { NewEvent } from "../../../shared/model/event.ts";
import { Level } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { textAt, type SegmentColumns } from "../../../shared/model/segment.ts";
import { graver, severityRank, type Severity } from "../../../shared/model/severity.ts";
import type { TraceSummary } from "../../../shared/model/trace.ts";
import { durationMicros, micros, MICROS_PER_MILLISECOND } from "../../../shared/units.ts";
import type { Detections, Detector, DetectorInput, DetectorSegment } from "./detector.ts";
import { mapBySegment } from "./support/by-segment.ts";
import { fingerprint } from "./support/fingerprint.ts";
import { referenceTo } from "./support/record-event.ts";

const id = "slow-traces";
const SPAN = kindCode("span");
/** Slow and failed traces beyond this many stay in the list of traces without an event of their own. */
const MOST_EVENTS = 2_000;

interface SpanPlace {
  readonly segment: DetectorSegment;
  readonly row: number;
}

/** The columns that are looked at for every span. */
type SpanColumns = Pick<SegmentColumns, "level" | "duration" | "service" | "name" | "spanId" | "parentId">;

/** Copied from a span when it is met: the spans of one trace lie in many segments, which are not all held. */
interface SpanNames {
  readonly service: string | null;
  readonly name: string;
  readonly spanId: string | null;
}

interface Sum {
  readonly traceId: string;
  start: number;
  end: number;
  spanCount: number;
  errorCount: number;
  readonly services: Set<string>;
  /** A span without a parent is a better root than the earliest one. */
  rootHasParent: boolean;
  rootStart: number;
  rootSpan: SpanNames;
  slowest: SpanPlace;
  slowestSpan: SpanNames;
  slowestDuration: number;
  firstError: SpanPlace | null;
  firstErrorTime: number;
}

function sumTraces(input: DetectorInput): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const segment of input.segments(["span"])) {
    input.checkpoint();
    const { count, time, kind, level, duration, service, name, traceId, spanId, parentId } = segment.columns;
    const columns: SpanColumns = { level, duration, service, name, spanId, parentId };
    for (let row = 0; row < count; row++) {
      const trace = textAt(traceId, row);
      const start = time[row] ?? Number.NaN;
      if (kind[row] !== SPAN || trace === null || Number.isNaN(start)) continue;
      add(sums, trace, { segment, row }, columns, start);
    }
  }
  return sums;
}

function add(sums: Map<string, Sum>, traceId: string, place: SpanPlace, columns: SpanColumns, start: number): void {
  const written = columns.duration?.[place.row] ?? Number.NaN;
  const duration = written > 0 ? written : 0;
  const hasParent = textAt(columns.parentId, place.row) !== null;
  let sum = sums.get(traceId);
  if (sum === undefined) {
    const names = namesOf(columns, place.row);
    sum = {
      traceId,
      start,
      end: start + duration,
      spanCount: 0,
      errorCount: 0,
      services: new Set(),
      rootHasParent: hasParent,
      rootStart: start,
      rootSpan: names,
      slowest: place,
      slowestSpan: names,
      slowestDuration: duration,
      firstError: null,
      firstErrorTime: Infinity,
    };
    sums.set(traceId, sum);
  }
  sum.spanCount++;
  sum.start = Math.min(sum.start, start);
  sum.end = Math.max(sum.end, start + duration);
  const service = textAt(columns.service, place.row);
  if (service !== null) sum.services.add(service);
  if (hasParent === sum.rootHasParent ? start < sum.rootStart : !hasParent) {
    sum.rootHasParent = hasParent;
    sum.rootStart = start;
    sum.rootSpan = namesOf(columns, place.row);
  }
  if (duration > sum.slowestDuration) {
    sum.slowest = place;
    sum.slowestSpan = namesOf(columns, place.row);
    sum.slowestDuration = duration;
  }
  if ((columns.level[place.row] ?? 0) >= Level.error) {
    sum.errorCount++;
    if (start < sum.firstErrorTime) {
      sum.firstError = place;
      sum.firstErrorTime = start;
    }
  }
}

const namesOf = ({ service, name, spanId }: SpanColumns, row: number): SpanNames => ({
  service: textAt(service, row),
  name: textAt(name, row) ?? "",
  spanId: textAt(spanId, row),
});
const serviceOf = ({ segment, row }: SpanPlace): string | null => textAt(segment.columns.service, row);
const nameOf = ({ segment, row }: SpanPlace): string => textAt(segment.columns.name, row) ?? "";

/** Slow by the limits (milliseconds for MEDIUM, HIGH, CRITICAL); a failed span makes a trace HIGH at least. */
export function severityOfTrace(
  durationMs: number,
  errors: number,
  limits: readonly [number, number, number],
): Severity | null {
  const [medium, high, critical] = limits;
  let slow: Severity | null = null;
  if (durationMs > critical) slow = "CRITICAL";
  else if (durationMs > high) slow = "HIGH";
  else if (durationMs > medium) slow = "MEDIUM";
  if (errors === 0) return slow;
  return slow === null ? "HIGH" : graver(slow, "HIGH");
}

function summaryOf(sum: Sum, limits: readonly [number, number, number]): TraceSummary {
  return {
    traceId: sum.traceId,
    service: sum.rootSpan.service,
    name: sum.rootSpan.name,
    start: micros(sum.start),
    duration: durationMicros(sum.end - sum.start),
    spanCount: sum.spanCount,
    errorCount: sum.errorCount,
    services: [...sum.services].sort(),
    slowestSpanId: sum.slowestSpan.spanId,
    slowestSpanName: sum.slowestSpan.name,
    slowestSpanService: sum.slowestSpan.service,
    severity: severityOfTrace((sum.end - sum.start) / MICROS_PER_MILLISECOND, sum.errorCount, limits),
  };
}

/** What an event points to. */
const placeOf = ({ firstError, slowest }: Sum): SpanPlace => firstError ?? slowest;

function eventOf(sum: Sum, trace: TraceSummary, severity: Severity, slow: boolean): NewEvent {
  const milliseconds = Math.round(trace.duration / MICROS_PER_MILLISECOND);
  const failed = trace.errorCount > 0;
  const place = placeOf(sum);
  const what = failed
    ? `${trace.errorCount} of ${trace.spanCount} spans failed`
    : `slow: ${milliseconds.toLocaleString("en-US")} ms`;
  return {
    time: trace.start,
    endTime: trace.duration > 0 ? micros(Math.round(trace.start + trace.duration)) : null,
    source: "TRACES",
    kind: failed ? "failed-trace" : "slow-trace",
    severity,
    service: trace.service,
    title: `${trace.name || "trace"}: ${what}`,
    description:
      `${trace.name || "The trace"} took ${milliseconds.toLocaleString("en-US")} ms over ${trace.spanCount} spans of ${trace.services.length} services; ` +
      `slowest span: ${trace.slowestSpanName ?? "?"} of ${trace.slowestSpanService ?? "an unnamed service"}` +
      (failed && sum.firstError !== null
        ? `; first failed span: ${nameOf(sum.firstError)} of ${serviceOf(sum.firstError) ?? "an unnamed service"}.`
        : "."),
    traceId: trace.traceId,
    spanId: textAt(place.segment.columns.spanId, place.row),
    requestId: textAt(place.segment.columns.requestId, place.row),
    correlationId: textAt(place.segment.columns.correlationId, place.row),
    reference: referenceTo(place.segment, place.row),
    confidence: 1,
    fingerprint: fingerprint(id, trace.traceId),
    metadata: { durationMs: milliseconds, spans: trace.spanCount, errors: trace.errorCount },
    tags: [...(failed ? ["failed"] : []), ...(slow ? ["slow"] : [])],
  };
}

function run(input: DetectorInput): Detections {
  const limits = input.settings.detection.slowTraceMs;
  const traces: TraceSummary[] = [];
  const found: { readonly sum: Sum; readonly trace: TraceSummary; readonly severity: Severity }[] = [];
  for (const sum of sumTraces(input).values()) {
    const trace = summaryOf(sum, limits);
    traces.push(trace);
    if (trace.severity !== null) found.push({ sum, trace, severity: trace.severity });
  }
  found.sort(
    (a, b) =>
      severityRank(a.severity) - severityRank(b.severity) ||
      b.trace.duration - a.trace.duration ||
      a.trace.start - b.trace.start,
  );
  return {
    traces,
    events: mapBySegment(
      found.slice(0, MOST_EVENTS),
      ({ sum }) => placeOf(sum).segment,
      ({ sum, trace, severity }) => eventOf(sum, trace, severity, trace.duration > limits[0] * MICROS_PER_MILLISECOND),
    ),
  };
}

const detector: Detector = { id, title: "Slow and failed traces", run };
export default detector;
