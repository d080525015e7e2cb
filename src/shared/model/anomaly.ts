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
  /** The detector's method, for instance "z-score". */
  readonly method: string;
  /** Distance from the baseline at the peak, in the method's own unit (z-score: standard deviations). */
  readonly score: number;
  /** What `score` had to reach. */
  readonly threshold: number;
  readonly severity: Severity;
  readonly baselineMean: number;
  readonly baselineDeviation: number;
  readonly peakValue: number;
  readonly fingerprint: string;
}
export type NewAnomaly = Omit<Anomaly, "id">;
