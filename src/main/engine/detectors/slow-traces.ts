/**
 * Sums spans into traces, and makes an event of each that failed or is slow: by the limits of the settings, or against
 * what traces of the same root operation usually take (see `traces/normal.ts`).
 */
import type { NewEvent } from "../../../shared/model/event.ts";
import { Level } from "../../../shared/model/level.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { singleTextAt, textAt, type SegmentColumns } from "../../../shared/model/segment.ts";
import { graver, severityRank, type Severity } from "../../../shared/model/severity.ts";
import type { TraceSummary } from "../../../shared/model/trace.ts";
import { logNormalOf, type LogNormal } from "../traces/quantiles.ts";
import { slowness } from "../traces/normal.ts";
import { durationMicros, micros, MICROS_PER_MILLISECOND } from "../../../shared/units.ts";
import type { Detections, Detector, DetectorInput, DetectorSegment, RecordPlace } from "./detector.ts";
import { mapBySegment } from "./support/by-segment.ts";
import { fingerprint } from "./support/fingerprint.ts";
import { referenceTo } from "./support/record-event.ts";
import { SeenSpans } from "./support/seen-spans.ts";

const id = "slow-traces";
const SPAN = kindCode("span");
/** Slow and failed traces beyond this many stay in the list of traces without an event of their own. */
const MOST_EVENTS = 2_000;

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
  slowest: RecordPlace;
  slowestSpan: SpanNames;
  slowestDuration: number;
  firstError: RecordPlace | null;
  firstErrorTime: number;
}

function sumTraces(input: DetectorInput): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  const seen = new SeenSpans();
  for (const segment of input.segments(["span"])) {
    input.checkpoint();
    const { count, time, nanos, kind, level, duration, service, name, traceId, spanId, parentId } = segment.columns;
    if (traceId === null) continue;
    const columns: SpanColumns = { level, duration, service, name, spanId, parentId };
    const isCopy = seen.askerFor({ time, nanos, duration, service, traceId, spanId });
    // A trace is looked up once a segment, by its code.
    const known = new Map<number, Sum>();
    for (let row = 0; row < count; row++) {
      const code = traceId.index[row] ?? 0;
      const start = time[row] ?? Number.NaN;
      if (kind[row] !== SPAN || code === 0 || Number.isNaN(start) || isCopy(row)) continue;
      let sum = known.get(code);
      if (sum === undefined) {
        const trace = textAt(traceId, row) ?? "";
        sum = sums.get(trace) ?? emptySum(trace, { segment, row }, columns, start);
        sums.set(trace, sum);
        known.set(code, sum);
      }
      add(sum, segment, row, columns, start);
    }
  }
  return sums;
}

const durationAt = ({ duration }: SpanColumns, row: number): number => {
  const written = duration?.[row] ?? Number.NaN;
  return written > 0 ? written : 0;
};

/** Of a trace whose first span stands at a place and has yet to be added. */
function emptySum(traceId: string, place: RecordPlace, columns: SpanColumns, start: number): Sum {
  const names = namesOf(columns, place.row);
  const duration = durationAt(columns, place.row);
  return {
    traceId,
    start,
    end: start + duration,
    spanCount: 0,
    errorCount: 0,
    services: new Set(),
    rootHasParent: textAt(columns.parentId, place.row) !== null,
    rootStart: start,
    rootSpan: names,
    slowest: place,
    slowestSpan: names,
    slowestDuration: duration,
    firstError: null,
    firstErrorTime: Infinity,
  };
}

function add(sum: Sum, segment: DetectorSegment, row: number, columns: SpanColumns, start: number): void {
  const duration = durationAt(columns, row);
  const hasParent = textAt(columns.parentId, row) !== null;
  sum.spanCount++;
  sum.start = Math.min(sum.start, start);
  sum.end = Math.max(sum.end, start + duration);
  const service = textAt(columns.service, row);
  if (service !== null) sum.services.add(service);
  if (hasParent === sum.rootHasParent ? start < sum.rootStart : !hasParent) {
    sum.rootHasParent = hasParent;
    sum.rootStart = start;
    sum.rootSpan = namesOf(columns, row);
  }
  if (duration > sum.slowestDuration) {
    sum.slowest = { segment, row };
    sum.slowestSpan = namesOf(columns, row);
    sum.slowestDuration = duration;
  }
  if ((columns.level[row] ?? 0) >= Level.error) {
    sum.errorCount++;
    if (start < sum.firstErrorTime) {
      sum.firstError = { segment, row };
      sum.firstErrorTime = start;
    }
  }
}

const namesOf = ({ service, name, spanId }: SpanColumns, row: number): SpanNames => ({
  service: textAt(service, row),
  name: textAt(name, row) ?? "",
  spanId: textAt(spanId, row),
});
const serviceOf = ({ segment, row }: RecordPlace): string | null => textAt(segment.columns.service, row);
const nameOf = ({ segment, row }: RecordPlace): string => textAt(segment.columns.name, row) ?? "";

/** Slow by the limits (milliseconds for MEDIUM, HIGH, CRITICAL); a failed span makes a trace HIGH at least. */
export function severityOfTrace(durationMs: number, errors: number, limits: Limits): Severity | null {
  const [medium, high, critical] = limits;
  let slow: Severity | null = null;
  if (durationMs > critical) slow = "CRITICAL";
  else if (durationMs > high) slow = "HIGH";
  else if (durationMs > medium) slow = "MEDIUM";
  if (errors === 0) return slow;
  return slow === null ? "HIGH" : graver(slow, "HIGH");
}

/** Of the first limit: what took less is not slow, however many times its usual it took. */
const LEAST_OF_LIMIT = 0.1;

/** What traces that begin with the same operation take, by that operation. */
function usualDurations(sums: Iterable<Sum>): Map<string, LogNormal> {
  const byRoot = new Map<string, number[]>();
  for (const sum of sums) {
    const key = rootOf(sum);
    const known = byRoot.get(key);
    if (known === undefined) byRoot.set(key, [sum.end - sum.start]);
    else known.push(sum.end - sum.start);
  }
  return new Map(
    [...byRoot].map(([key, durations]) => [key, logNormalOf(Float64Array.from(durations).sort())] as const),
  );
}

const rootOf = ({ rootSpan }: Sum): string => `${rootSpan.service ?? ""}\0${rootSpan.name}`;

/** How many times its usual a trace took; null where that is not unusual. */
function timesItsUsual(sum: Sum, usual: ReadonlyMap<string, LogNormal>, [limit]: Limits): number | null {
  const duration = sum.end - sum.start;
  const normal = usual.get(rootOf(sum));
  if (normal === undefined || duration < limit * MICROS_PER_MILLISECOND * LEAST_OF_LIMIT) return null;
  return slowness(duration, normal) === null ? null : duration / Math.exp(normal.median);
}

type Limits = readonly [medium: number, high: number, critical: number];

function summaryOf(sum: Sum, limits: Limits, times: number | null): TraceSummary {
  const byLimits = severityOfTrace((sum.end - sum.start) / MICROS_PER_MILLISECOND, sum.errorCount, limits);
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
    severity: byLimits ?? (times === null ? null : "MEDIUM"),
  };
}

/** What an event points to. */
const placeOf = ({ firstError, slowest }: Sum): RecordPlace => firstError ?? slowest;

interface Found {
  readonly sum: Sum;
  readonly trace: TraceSummary;
  readonly severity: Severity;
  /** How many times its usual it took; null where that is not unusual. */
  readonly times: number | null;
}

function eventOf({ sum, trace, severity, times }: Found, limits: Limits): NewEvent {
  const slow = times !== null || trace.duration > limits[0] * MICROS_PER_MILLISECOND;
  const unusual = times === null ? "" : `, ${Number(times.toPrecision(2))} times its usual`;
  const milliseconds = Math.round(trace.duration / MICROS_PER_MILLISECOND);
  const failed = trace.errorCount > 0;
  const place = placeOf(sum);
  const what = failed
    ? `${trace.errorCount} of ${trace.spanCount} spans failed`
    : `slow: ${milliseconds.toLocaleString("en-US")} ms${unusual}`;
  return {
    time: trace.start,
    endTime: trace.duration > 0 ? micros(Math.round(trace.start + trace.duration)) : null,
    source: "TRACES",
    kind: failed ? "failed-trace" : "slow-trace",
    severity,
    service: trace.service,
    title: `${trace.name || "trace"}: ${what}`,
    description:
      `${trace.name || "The trace"} took ${milliseconds.toLocaleString("en-US")} ms${unusual === "" ? "" : `${unusual},`} over ${trace.spanCount} spans of ${trace.services.length} services; ` +
      `slowest span: ${trace.slowestSpanName ?? "?"} of ${trace.slowestSpanService ?? "an unnamed service"}` +
      (failed && sum.firstError !== null
        ? `; first failed span: ${nameOf(sum.firstError)} of ${serviceOf(sum.firstError) ?? "an unnamed service"}.`
        : "."),
    traceId: trace.traceId,
    spanId: singleTextAt(place.segment.columns.spanId, place.row),
    requestId: singleTextAt(place.segment.columns.requestId, place.row),
    correlationId: singleTextAt(place.segment.columns.correlationId, place.row),
    reference: referenceTo(place.segment, place.row),
    confidence: 1,
    fingerprint: fingerprint(id, trace.traceId),
    metadata: { durationMs: milliseconds, spans: trace.spanCount, errors: trace.errorCount },
    tags: [...(failed ? ["failed"] : []), ...(slow ? ["slow"] : [])],
  };
}

function run(input: DetectorInput): Detections {
  const limits = input.settings.detection.slowTraceMs;
  const sums = sumTraces(input);
  const usual = usualDurations(sums.values());
  const traces: TraceSummary[] = [];
  const found: Found[] = [];
  for (const sum of sums.values()) {
    const times = timesItsUsual(sum, usual, limits);
    const trace = summaryOf(sum, limits, times);
    traces.push(trace);
    if (trace.severity !== null) found.push({ sum, trace, severity: trace.severity, times });
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
      ({ sum }) => placeOf(sum),
      (one) => eventOf(one, limits),
    ),
  };
}

const detector: Detector = { id, title: "Slow and failed traces", run };
export default detector;
