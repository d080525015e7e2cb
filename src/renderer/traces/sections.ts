/** Things of a trace by the span they belong to, as flat arrays: what a row needs while it is drawn. */
import type { CallOutput } from "../../shared/contract.ts";
import type { TraceModel } from "./model.ts";

type Section = CallOutput<"traces.criticalPath">["sections"][number];
export type TraceRecord = CallOutput<"traces.records">["records"][number];

export interface Critical {
  /** The sections of span i are those from `from[i]` to `from[i + 1]`, each by its start. */
  readonly from: Uint32Array;
  /** Microseconds after the start of the trace. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** By span: all that it kept waiting. */
  readonly held: Float64Array;
}

const NANOS_PER_MICRO = 1_000;

/** Sections count from the first span, which the engine hands over first; the model from its whole microsecond. */
export function criticalOf(model: TraceModel, sections: readonly Section[]): Critical {
  const { count } = model;
  const first = model.start[0] ?? 0;
  const from = countsBy(count, sections, ({ span }) => span);
  const next = from.slice();
  const start = new Float64Array(sections.length);
  const end = new Float64Array(sections.length);
  const held = new Float64Array(count);
  // They come from the end backwards.
  for (let at = sections.length - 1; at >= 0; at -= 1) {
    const section = sections[at];
    if (section === undefined || section.span >= count) continue;
    const place = next[section.span] ?? 0;
    start[place] = first + section.start / NANOS_PER_MICRO;
    end[place] = first + section.end / NANOS_PER_MICRO;
    held[section.span] = (held[section.span] ?? 0) + (section.end - section.start) / NANOS_PER_MICRO;
    next[section.span] = place + 1;
  }
  return { from, start, end, held };
}

export interface RecordMarks {
  readonly from: Uint32Array;
  /** Indexes into `records`, those of one span by their time. */
  readonly order: Uint32Array;
  /** Microseconds after the start of the trace, by record. */
  readonly at: Float64Array;
  readonly records: readonly TraceRecord[];
}

/** Records of no span stand at the root. */
export function marksOf(model: TraceModel, records: readonly TraceRecord[]): RecordMarks {
  const root = model.order[0] ?? 0;
  const spanOf = ({ span }: TraceRecord): number => span ?? root;
  const from = countsBy(model.count, records, spanOf);
  const next = from.slice();
  const order = new Uint32Array(records.length);
  for (const [index, record] of records.entries()) {
    const span = spanOf(record);
    const place = next[span] ?? 0;
    order[place] = index;
    next[span] = place + 1;
  }
  const at = Float64Array.from(records, ({ time, nanos }) => time - model.epoch + nanos / NANOS_PER_MICRO);
  return { from, order, at, records };
}

export function recordsOfSpan({ from, order, records }: RecordMarks, span: number): readonly TraceRecord[] {
  return Array.from(order.subarray(from[span] ?? 0, from[span + 1] ?? 0), (index) => records[index]).filter(
    (record) => record !== undefined,
  );
}

function countsBy<T>(count: number, items: readonly T[], spanOf: (item: T) => number): Uint32Array {
  const from = new Uint32Array(count + 1);
  for (const item of items) {
    const span = spanOf(item);
    if (span < count) from[span + 1] = (from[span + 1] ?? 0) + 1;
  }
  for (let span = 0; span < count; span += 1) from[span + 1] = (from[span + 1] ?? 0) + (from[span] ?? 0);
  return from;
}
