/** What each operation of each service did: how often, how fast, how well, and how much of the work was its own. */
import { groupedValues } from "./grouped.ts";
import { quantilesOf } from "./quantiles.ts";
import { NONE, type SpanColumns } from "./span-columns.ts";

export interface Figures {
  readonly count: number;
  readonly errors: number;
  /** Microseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface OperationFigures extends Figures {
  /** Index into the operations of the spans. */
  readonly operation: number;
  /** Microseconds in which no child ran, of all its spans. */
  readonly self: number;
  /** Of the self time of all spans that were looked at, 0–1. */
  readonly selfShare: number;
}

/** `mask` is 1 for the spans that count; all do without it. Operations without a span that counts are absent. */
export function operationFigures(spans: SpanColumns, mask: Uint8Array | null): OperationFigures[] {
  const groups = spans.operations.length;
  const group = mask === null ? spans.operation : spans.operation.map((code, span) => (mask[span] === 1 ? code : NONE));
  const count = new Float64Array(groups);
  const errors = new Float64Array(groups);
  const self = new Float64Array(groups);
  let total = 0;
  for (let span = 0; span < spans.count; span += 1) {
    const code = group[span] ?? NONE;
    if (code >= groups) continue;
    count[code] = (count[code] ?? 0) + 1;
    errors[code] = (errors[code] ?? 0) + (spans.failed[span] ?? 0);
    self[code] = (self[code] ?? 0) + (spans.self[span] ?? 0);
    total += spans.self[span] ?? 0;
  }
  const durations = groupedValues(group, spans.duration, groups);
  const found: OperationFigures[] = [];
  for (let operation = 0; operation < groups; operation += 1) {
    if (count[operation] === 0) continue;
    found.push({
      operation,
      ...figuresOf(durations.unordered(operation), errors[operation] ?? 0),
      self: self[operation] ?? 0,
      selfShare: total > 0 ? (self[operation] ?? 0) / total : 0,
    });
  }
  return found;
}

/** `durations` may come in any order, and are put into another unless they ascend. */
export function figuresOf(durations: Float64Array, errors: number): Figures {
  const [p50, p95, p99] = quantilesOf(durations, [0.5, 0.95, 0.99]);
  return { count: durations.length, errors, p50, p95, p99 };
}
