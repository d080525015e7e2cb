/** One difference between two sets of records, whatever it is a difference of. */
import type { Effect } from "./effect.ts";

const DIFFERENCE_KINDS = ["template", "attribute", "latency", "errors", "calls", "metric"] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What was measured of one side. */
export interface Measured {
  /** Records that it is read from: those with the value, the spans, the samples. */
  readonly count: number;
  /** Records that were looked at for it. */
  readonly of: number;
  /** A rate a second, a share 0–1, microseconds, or the value of a series: see `measure`. */
  readonly value: number;
}

export type Measure = "rate" | "share" | "p50" | "p95" | "level" | "growth";

export interface Difference {
  readonly kind: DifferenceKind;
  /** Field of an attribute, service of an operation or a series; null for none. */
  readonly field: string | null;
  /** Text of a template, value of an attribute, operation, series. */
  readonly name: string;
  readonly measure: Measure;
  /** Words of the unit of a level, of a growth its unit without "a second"; null for none. */
  readonly unit: string | null;
  readonly a: Measured;
  readonly b: Measured;
  readonly effect: Effect;
  /** The gravest level that its records have, 0–6. */
  readonly level: number;
  /** Term of the filter language that leaves its records; null where there is none. */
  readonly term: string | null;
}

export interface Ranked<D extends Difference> {
  readonly difference: D;
  /** Doublings of odds that it differs by at least, weighed by gravity. */
  readonly score: number;
}
