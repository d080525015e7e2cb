/**
 * What is normal for each operation, from all its spans in the case: the median of its durations and their spread on a
 * logarithmic scale, which a few slow calls cannot move, and how often it fails.
 */
import { groupedValues } from "./grouped.ts";
import { logNormalOf, type LogNormal } from "./quantiles.ts";
import type { SpanColumns } from "./span-columns.ts";

/** With fewer spans an operation has no normal that a span could differ from. */
export const LEAST_SPANS = 20;
/** Robust standard deviations above the median from which a span is slow: one in 3.5 million of a log-normal. */
const SLOW_DEVIATIONS = 5;
/** …and it takes at least so many times the median: what is steady is not slow for a tenth more. */
const SLOW_RATIO = 2;
/** An operation that fails more often than this fails as it always does. */
export const OFTEN_FAILS = 0.2;

export interface Normal extends LogNormal {
  /** Share of its spans that failed, 0–1. */
  readonly failing: number;
}

/** By operation. */
export function normals(spans: SpanColumns): Normal[] {
  const groups = spans.operations.length;
  const durations = groupedValues(spans.operation, spans.duration, groups);
  const errors = new Float64Array(groups);
  for (let span = 0; span < spans.count; span += 1) {
    const code = spans.operation[span] ?? groups;
    if (code < groups) errors[code] = (errors[code] ?? 0) + (spans.failed[span] ?? 0);
  }
  return spans.operations.map((_, operation) => {
    const of = logNormalOf(durations.of(operation));
    return { ...of, failing: of.count > 0 ? (errors[operation] ?? 0) / of.count : 0 };
  });
}

/** How far a duration (microseconds) lies above what is normal, in robust standard deviations; null when it is not slow. */
export function slowness(duration: number, normal: LogNormal | undefined): number | null {
  if (normal === undefined || normal.count < LEAST_SPANS || !(duration > 0)) return null;
  const above = Math.log(duration) - normal.median;
  const deviations = above / normal.sigma;
  return deviations >= SLOW_DEVIATIONS && above >= Math.log(SLOW_RATIO) ? deviations : null;
}
