/**
 * A detector of series takes one sample at a time and says how surprising it is by the samples before it. It keeps a
 * constant amount, needs no labels and no tuning for a series, and names its method and the baseline it compares with.
 */
import type { AnomalyMethodId } from "../../../shared/model/anomaly-method.ts";

export type Method = AnomalyMethodId;

/** Where the next value was expected. */
export interface Band {
  readonly low: number;
  readonly center: number;
  readonly high: number;
}

export interface SeriesDetector {
  readonly method: Method;
  /**
   * −log10 of how likely a sample this far from the baseline is, by the earlier ones alone; 0 while too few are known.
   * @param time microseconds, not before the one given last
   * @param value finite, within `LARGEST`
   */
  add(time: number, value: number): number;
  /** What the sample added last was compared with; null when the method says nothing about values. */
  band(): Band | null;
}

/** Values beyond are taken as this, so that squares and differences stay finite. */
export const LARGEST = 1e150;

/** Samples after which a sample counts 1/e in a tail: some days of minutes, some weeks of quarters of an hour. */
export const HORIZON = 8_000;
/** The same for slow baselines. */
export const SLOW = 2_000;
/** A band is where all but this share of the earlier samples were, to either side. */
export const OUTSIDE_BAND = 0.01;
