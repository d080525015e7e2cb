/**
 * How grave an anomaly is, from how far its peak lies outside of the band, and whether that direction hurts. Nothing
 * here knows a service or a threshold of its owner: it is an order of what to look at, not a judgement of harm.
 */
import type { Severity } from "../../../shared/model/severity.ts";
import { familyOf, onlyUpwards } from "./metric-family.ts";
import type { SeriesAnomaly } from "./stretch.ts";

/** Reaches of the band beyond which an anomaly is HIGH, CRITICAL. */
const HIGH = 3;
const CRITICAL = 8;
/** Evidence from which an anomaly without a band, or at a band without width, is HIGH. */
const STRONG_EVIDENCE = 10;
/** Scores below say "seldom", which alone is not grave. */
const SURE = 0.7;

/** How many times the band's own reach to that side the peak lies from its middle; 0 without a band. */
export function excessOf({ band, peakValue }: Pick<SeriesAnomaly, "band" | "peakValue">): number {
  if (band === null) return 0;
  const distance = Math.abs(peakValue - band.center);
  const reach = peakValue >= band.center ? band.high - band.center : band.center - band.low;
  // A series that never went there has no reach on that side: the other side is the only measure.
  const scale = reach > 0 ? reach : band.high - band.low;
  if (scale > 0) return distance / scale;
  return distance > 0 ? Number.POSITIVE_INFINITY : 0;
}

export function severityOf(anomaly: SeriesAnomaly, name: string): Severity {
  const { band, peakValue, evidence, score } = anomaly;
  const eased = band !== null && peakValue < band.center && onlyUpwards(familyOf(name));
  if (eased) return "LOW";
  const excess = excessOf(anomaly);
  const isFinite = Number.isFinite(excess) && band !== null;
  const step = isFinite ? (excess >= CRITICAL ? 2 : excess >= HIGH ? 1 : 0) : evidence >= STRONG_EVIDENCE ? 1 : 0;
  if (score < SURE) return step > 0 ? "MEDIUM" : "LOW";
  return step === 2 ? "CRITICAL" : step === 1 ? "HIGH" : "MEDIUM";
}
