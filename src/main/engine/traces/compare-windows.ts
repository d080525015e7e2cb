/**
 * Two windows of traces, operation by operation: what is called more or less often, fails more or less often, takes
 * longer or shorter. Each difference is told with how many standard errors it lies from none, so that a few calls do not
 * outrank many, and small ones are not told at all.
 */
import { groupedValues } from "./grouped.ts";
import { figuresOf, type Figures } from "./operations.ts";
import { logNormalOf } from "./quantiles.ts";
import { NONE, type SpanColumns } from "./span-columns.ts";

export interface WindowOfSpans {
  /** 1 for the spans that count. */
  readonly mask: Uint8Array;
  /** Microseconds. */
  readonly length: number;
}

export interface Difference {
  /** In standard errors; positive for more, slower, failing more often. */
  readonly rate: number;
  readonly errors: number;
  readonly latency: number;
}

export interface ComparedOperation {
  readonly operation: number;
  readonly before: Figures;
  readonly after: Figures;
  readonly difference: Difference;
  /** What changed, the most certain first; empty where nothing did. */
  readonly changes: readonly (keyof Difference)[];
  /** The largest of the differences that count, in standard errors; 0 where none does. */
  readonly score: number;
}

/** Standard errors from which a difference counts: one in 31,000 by chance, for windows hold thousands of operations. */
const CERTAIN = 4;
/** A rate or a median that differs by less than a quarter is nothing to look at, however certain it is. */
const LEAST_RATIO = Math.log(1.25);
/** Nor is a share of failures that differs by less than one in a hundred. */
const LEAST_SHARE = 0.01;
/** With fewer spans on a side there is no latency to compare. */
const LEAST_SPANS = 8;

/** Changed operations first, the most certain first. */
export function compareWindows(spans: SpanColumns, before: WindowOfSpans, after: WindowOfSpans): ComparedOperation[] {
  const sides = [before, after].map(({ mask }) => sideOf(spans, mask));
  const [first, second] = sides;
  if (first === undefined || second === undefined) return [];
  const found: ComparedOperation[] = [];
  for (const operation of spans.operations.keys()) {
    const a = first(operation);
    const b = second(operation);
    if (a.figures.count + b.figures.count === 0) continue;
    const difference: Difference = {
      rate: rateDifference(a.figures.count, b.figures.count, after.length / before.length),
      errors: shareDifference(a.figures, b.figures),
      latency: latencyDifference(a.sorted, b.sorted),
    };
    const changes = (["errors", "latency", "rate"] as const)
      .filter((what) => Math.abs(difference[what]) >= CERTAIN)
      .toSorted((x, y) => Math.abs(difference[y]) - Math.abs(difference[x]));
    const score = Math.max(0, ...changes.map((what) => Math.abs(difference[what])));
    found.push({ operation, before: a.figures, after: b.figures, difference, changes, score });
  }
  return found.sort((x, y) => y.score - x.score || y.after.count - x.after.count || x.operation - y.operation);
}

interface Side {
  readonly figures: Figures;
  readonly sorted: Float64Array;
}

function sideOf(spans: SpanColumns, mask: Uint8Array): (operation: number) => Side {
  const groups = spans.operations.length;
  const group = spans.operation.map((code, span) => (mask[span] === 1 ? code : NONE));
  const errors = new Float64Array(groups);
  for (let span = 0; span < spans.count; span += 1) {
    const code = group[span] ?? NONE;
    if (code < groups) errors[code] = (errors[code] ?? 0) + (spans.failed[span] ?? 0);
  }
  const durations = groupedValues(group, spans.duration, groups);
  return (operation) => {
    const sorted = durations.of(operation);
    return { sorted, figures: figuresOf(sorted, errors[operation] ?? 0) };
  };
}

/** Of two Poisson counts, on the scale of square roots, where their spread is the same everywhere (Anscombe). */
function rateDifference(before: number, after: number, lengths: number): number {
  if (!(lengths > 0) || !Number.isFinite(lengths)) return 0;
  if (Math.abs(Math.log((after + 0.5) / ((before + 0.5) * lengths))) < LEAST_RATIO) return 0;
  const rooted = (count: number): number => Math.sqrt(count + 3 / 8);
  return (2 * (rooted(after) - rooted(before) * Math.sqrt(lengths))) / Math.sqrt(1 + lengths);
}

/** Of two shares, each with one success and one failure added (Agresti and Caffo). */
function shareDifference(before: Figures, after: Figures): number {
  if (before.count === 0 || after.count === 0) return 0;
  if (Math.abs(after.errors / after.count - before.errors / before.count) < LEAST_SHARE) return 0;
  const share = ({ errors, count }: Figures): number => (errors + 1) / (count + 2);
  const variance = (of: Figures): number => (share(of) * (1 - share(of))) / (of.count + 2);
  return (share(after) - share(before)) / Math.sqrt(variance(before) + variance(after));
}

/** A median's standard error is this many times a mean's: √(π / 2). */
const MEDIAN_ERROR = Math.sqrt(Math.PI / 2);

/** Of the medians of logarithms. */
function latencyDifference(before: Float64Array, after: Float64Array): number {
  if (before.length < LEAST_SPANS || after.length < LEAST_SPANS) return 0;
  const a = logNormalOf(before);
  const b = logNormalOf(after);
  if (Math.abs(b.median - a.median) < LEAST_RATIO) return 0;
  const error = MEDIAN_ERROR * Math.sqrt(a.sigma ** 2 / a.count + b.sigma ** 2 / b.count);
  return (b.median - a.median) / error;
}
