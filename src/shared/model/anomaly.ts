import type { Micros } from "../units.ts";
import type { Severity } from "./severity.ts";

/** A stretch of a series that left its baseline. */
export interface Anomaly {
  readonly id: number;
  readonly time: Micros;
  readonly endTime: Micros;
  readonly peakTime: Micros;
  readonly service: string | null;
  readonly series: string;
  /** The detector's method: "z-score", "level-shift" … */
  readonly method: string;
  /**
   * How abnormal the peak is, in the method's own unit: standard deviations of a z-score over the whole series, factors
   * of ten of unlikeliness (evidence) of a series that was watched sample by sample.
   */
  readonly score: number;
  /** What `score` had to reach. */
  readonly threshold: number;
  readonly severity: Severity;
  readonly baselineMean: number;
  readonly baselineDeviation: number;
  /** Where the series was expected when it left; null when the method says nothing about values. */
  readonly bandLow: number | null;
  readonly bandHigh: number | null;
  readonly peakValue: number;
  /** Whether the values of peak, baseline and band are a counter's growth a second. */
  readonly perSecond: boolean;
  readonly fingerprint: string;
}
export type NewAnomaly = Omit<Anomaly, "id">;
