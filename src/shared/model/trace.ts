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

/** A span as the waterfall draws it; its fields are its record's. */
export interface Span {
  readonly ref: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly service: string | null;
  readonly name: string;
  readonly start: Micros;
  readonly nanos: number;
  readonly duration: DurationMicros;
  readonly failed: boolean;
}
