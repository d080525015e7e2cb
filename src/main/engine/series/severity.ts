/**
 * How grave an anomaly is, from how far its peak lies outside of the band, and whether that direction hurts. Nothing
 * here knows a service or a threshold of its owner: it is an order of what to look at, not a judgement of harm.
 */
import { unitOf } from "../../../shared/model/metric-unit.ts";
import type { Severity } from "../../../shared/model/severity.ts";
import { excessOf } from "./excess.ts";
import { familyOf, onlyUpwards } from "./metric-family.ts";
import type { SeriesAnomaly } from "./stretch.ts";
import { WARM_UP } from "./watch.ts";

/** Reaches of the band beyond which an anomaly is HIGH, CRITICAL. */
const HIGH = 3;
const CRITICAL = 8;
/** Evidence below which an anomaly is not HIGH, not CRITICAL. */
const HIGH_EVIDENCE = 4;
const CRITICAL_EVIDENCE = 9;
/** Changes by less of the usual value are LOW, MEDIUM at most. */
const SLIGHT = 0.05;
const MODERATE = 0.25;
/** Names of shares that name no unit. */
const SHARE_NAME = /avail|success|uptime|health/iu;

/**
 * Share of its usual value by which the peak differs; `Infinity` where the usual is 0, and where a few hundredths are
 * much: of shares of a whole.
 */
function changeOf({ band, peakValue }: Pick<SeriesAnomaly, "band" | "peakValue">, name: string): number {
  const unit = unitOf(name);
  if (band === null || band.center === 0 || unit === "percent" || unit === "ratio" || SHARE_NAME.test(name)) {
    return Number.POSITIVE_INFINITY;
  }
  return Math.abs((peakValue - band.center) / band.center);
}

const STEPS: readonly Severity[] = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];

export function severityOf(anomaly: SeriesAnomaly, name: string): Severity {
  const { band, peakValue, evidence, start } = anomaly;
  // What is usual is hardly known yet.
  if (start < WARM_UP) return "LOW";
  const isEased = band !== null && peakValue < band.center && onlyUpwards(familyOf(name));
  if (isEased) return "LOW";
  const excess = excessOf(band, peakValue);
  let step = 1;
  // Without a band, or at one without width, the evidence alone speaks.
  const reaches = band === null ? HIGH : excess;
  if (reaches >= CRITICAL && evidence >= CRITICAL_EVIDENCE) step += 2;
  else if (reaches >= HIGH && evidence >= HIGH_EVIDENCE) step += 1;
  else if (evidence < HIGH_EVIDENCE && reaches < HIGH) step = 0;
  const change = changeOf(anomaly, name);
  if (change < SLIGHT) step = 0;
  else if (change < MODERATE) step = Math.min(step, 1);
  return STEPS[step] ?? "LOW";
}
