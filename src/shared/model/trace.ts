import type { DurationMicros, Micros } from "../units.ts";
import type { Severity } from "./severity.ts";

/** One trace, summed over its spans. */
export interface TraceSummary {
  readonly traceId: string;
  readonly service: string | null;
  readonly name: string;
  readonly start: Micros;
  readonly duration: DurationMicros;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly services: readonly string[];
  readonly slowestSpanId: string | null;
  readonly slowestSpanName: string | null;
  readonly slowestSpanService: string | null;
  /** Null for a trace that is neither slow nor failed. */
  readonly severity: Severity | null;
}

/**
 * Where a span stands: under the parent that it names; at the root, for that parent is not in the trace, or names it as
 * its own ancestor; under the other side of the call whose id it shares.
 */
export const SPAN_PLACES = ["as-written", "parent-missing", "circle-cut", "shared-id"] as const;
export type SpanPlace = (typeof SPAN_PLACES)[number];

/** A span as the waterfall draws it; its fields are its record's. */
export interface Span {
  readonly ref: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly service: string | null;
  readonly name: string;
  readonly start: Micros;
  readonly nanos: number;
  /** Decimals of the second that the source wrote. */
  readonly digits: number;
  readonly duration: DurationMicros;
  readonly failed: boolean;
  /** Index among the spans of the trace; null at the root. */
  readonly parent: number | null;
  readonly place: SpanPlace;
  /** In which none of its children ran. */
  readonly self: DurationMicros;
}

/**
 * What may be odd about a trace: a span that took far longer than its operation usually does, or failed; one operation
 * called many times in turn or at once by the same span, or again after it failed; time in which no span says what went
 * on; a clock that is behind.
 */
export const TRACE_FINDINGS = ["slow", "failed", "n-plus-one", "fan-out", "retry", "gap", "clock-skew"] as const;
export type TraceFindingKind = (typeof TRACE_FINDINGS)[number];

export interface TraceFinding {
  readonly kind: TraceFindingKind;
  /** Indexes among the spans of the trace; the first is the one to look at. */
  readonly spans: readonly number[];
  /** What it cost, or by how much a clock is behind. */
  readonly micros: number;
  /** A sentence. */
  readonly text: string;
}
