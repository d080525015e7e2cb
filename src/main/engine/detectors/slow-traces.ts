/** Sums spans into traces, and makes an event of each that is slow or failed. */
import type { NewEvent } from "../../../shared/model/event.ts";
import { Level } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import { graver, severityRank, type Severity } from "../../../shared/model/severity.ts";
import type { TraceSummary } from "../../../shared/model/trace.ts";
import { durationMicros, micros, MICROS_PER_MILLISECOND } from "../../../shared/units.ts";
import type { Detections, Detector, DetectorInput, DetectorSegment } from "./detector.ts";
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

interface Sum {
  readonly traceId: string;
  start: number;
  end: number;
  spanCount: number;
  errorCount: number;
  readonly services: Set<string>;
  root: SpanPlace;
  /** A span without a parent is a better root than the earliest one. */
  rootHasParent: boolean;
  rootStart: number;
  slowest: SpanPlace;
  slowestDuration: number;
  firstError: SpanPlace | null;
  firstErrorTime: number;
}

function sumTraces(input: DetectorInput): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const segment of input.segments(["span"])) {
    input.checkpoint();
    const { columns } = segment;
    for (let row = 0; row < columns.count; row++) {
      const traceId = textAt(columns.traceId, row);
      const start = columns.time[row] ?? Number.NaN;
      if (columns.kind[row] !== SPAN || traceId === null || Number.isNaN(start)) continue;
      add(sums, traceId, { segment, row }, start);
    }
  }
  return sums;
}

function add(sums: Map<string, Sum>, traceId: string, place: SpanPlace, start: number): void {
  const { columns } = place.segment;
  const written = columns.duration?.[place.row] ?? Number.NaN;
  const duration = written > 0 ? written : 0;
  const hasParent = textAt(columns.parentId, place.row) !== null;
  let sum = sums.get(traceId);
  if (sum === undefined) {
    sum = {
      traceId,
      start,
      end: start + duration,
      spanCount: 0,
      errorCount: 0,
      services: new Set(),
      root: place,
      rootHasParent: hasParent,
      rootStart: start,
      slowest: place,
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
    sum.root = place;
    sum.rootHasParent = hasParent;
    sum.rootStart = start;
  }
  if (duration > sum.slowestDuration) {
    sum.slowest = place;
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
    service: serviceOf(sum.root),
    name: nameOf(sum.root),
    start: micros(sum.start),
    duration: durationMicros(sum.end - sum.start),
    spanCount: sum.spanCount,
    errorCount: sum.errorCount,
    services: [...sum.services].sort(),
    slowestSpanId: textAt(sum.slowest.segment.columns.spanId, sum.slowest.row),
    slowestSpanName: nameOf(sum.slowest),
    slowestSpanService: serviceOf(sum.slowest),
    severity: severityOfTrace((sum.end - sum.start) / MICROS_PER_MILLISECOND, sum.errorCount, limits),
  };
}

function eventOf(sum: Sum, trace: TraceSummary, severity: Severity, slow: boolean): NewEvent {
  const milliseconds = Math.round(trace.duration / MICROS_PER_MILLISECOND);
  const failed = trace.errorCount > 0;
  const place = failed && sum.firstError !== null ? sum.firstError : sum.slowest;
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
    events: found
      .slice(0, MOST_EVENTS)
      .map(({ sum, trace, severity }) =>
        eventOf(sum, trace, severity, trace.duration > limits[0] * MICROS_PER_MILLISECOND),
      ),
  };
}

const detector: Detector = { id, title: "Slow and failed traces", run };
export default detector;
