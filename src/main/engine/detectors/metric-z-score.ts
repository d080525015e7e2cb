/**
 * The plainest metric detector: samples whose distance from the series' own baseline, in standard deviations, passes
 * the limit of their family. Neighbouring samples are one anomaly; a lone sample must pass twice the limit. It judges
 * the series that are too short to be watched sample by sample (metric-watch.ts): it knows the whole series beforehand.
 */
import type { NewAnomaly } from "../../../shared/model/anomaly.ts";
import type { NewEvent } from "../../../shared/model/event.ts";
import type { Severity } from "../../../shared/model/severity.ts";
import type { Settings } from "../../../shared/settings.ts";
import { micros } from "../../../shared/units.ts";
import type { Detections, Detector, DetectorInput } from "./detector.ts";
import { baselineOf, type Baseline } from "./support/baseline.ts";
import { fingerprint } from "./support/fingerprint.ts";
import { lesser, rankFindings, type Candidate, type Finding } from "../series/rank.ts";
import { LEAST_WATCHED } from "../series/watch.ts";
import { familyOf, onlyUpwards, type MetricFamily } from "../series/metric-family.ts";
import { eventOfRecord } from "./support/record-event.ts";
import { gatherSeries, type Series } from "./support/series.ts";

const id = "metric-z-score";
const METHOD = "z-score";

/** Fewer samples have no normal to leave. */
const LEAST_SAMPLES = 12;
/** Samples within the band that do not end an anomaly. */
const GAP = 2;
/** Abnormal samples that make an anomaly without passing twice the limit. */
const LEAST_RUN = 3;
/** Beyond this, a deviation says "nothing like the baseline" and its size means nothing. */
const MOST_SCORE = 20;
/** The gravest of a series, and findings of the case: beyond, a list tells nothing any more. */
const MOST_A_SERIES = 3;
const MOST_FINDINGS = 20;

interface Run {
  readonly first: number;
  readonly last: number;
  readonly peak: number;
  readonly score: number;
}

type Multiples = Settings["detection"]["metricSeverityMultiples"];

interface Found {
  readonly series: Series;
  /** Whether values are growth a second. */
  readonly perSecond: boolean;
  readonly baseline: Baseline;
  /** Standard deviations that the family allows. */
  readonly limit: number;
  /** Standard deviations that the run had to reach: the limit times its first multiple. */
  readonly threshold: number;
  readonly run: Run;
}

/** Values of a counter are its growth a second; a fall is a restart, after which it grew from 0. */
function gauged(series: Series): Series {
  const { times, values } = series;
  let rises = 0;
  let falls = 0;
  for (let index = 1; index < values.length; index++) {
    const step = (values[index] ?? 0) - (values[index - 1] ?? 0);
    if (step > 0) rises++;
    else if (step < 0) falls++;
  }
  const isCounter = values.length > LEAST_SAMPLES && rises > values.length / 2 && falls <= values.length / 100;
  if (!isCounter) return series;
  const rates = new Float64Array(values.length);
  for (let index = 1; index < values.length; index++) {
    const value = values[index] ?? 0;
    const before = values[index - 1] ?? 0;
    const seconds = ((times[index] ?? 0) - (times[index - 1] ?? 0)) / 1_000_000;
    rates[index] = seconds > 0 ? (value >= before ? value - before : value) / seconds : 0;
  }
  rates[0] = rates[1] ?? 0;
  return { ...series, values: rates };
}

/** Runs of abnormal samples, the highest first. `threshold` in standard deviations. */
export function abnormalRuns(
  values: Float64Array,
  { mean, deviation }: Baseline,
  threshold: number,
  family: MetricFamily,
): Run[] {
  const runs: Run[] = [];
  const upwards = onlyUpwards(family);
  let first = -1;
  let last = -1;
  let abnormal = 0;
  let peak = 0;
  let score = 0;
  const close = (): void => {
    if (first >= 0 && (abnormal >= LEAST_RUN || score >= 2 * threshold)) {
      runs.push({ first, last, peak, score: Math.min(score, MOST_SCORE) });
    }
    first = -1;
    abnormal = 0;
    score = 0;
  };
  for (let index = 0; index < values.length; index++) {
    const distance = ((values[index] ?? 0) - mean) / deviation;
    const height = upwards ? distance : Math.abs(distance);
    if (height < threshold) {
      if (first >= 0 && index - last > GAP) close();
      continue;
    }
    if (first < 0) first = index;
    last = index;
    abnormal++;
    if (height > score) {
      score = height;
      peak = index;
    }
  }
  close();
  return runs.sort((a, b) => b.score - a.score || a.first - b.first);
}

/** `multiples` of the family's limit at which an anomaly is MEDIUM, HIGH, CRITICAL. */
function severityOf(score: number, limit: number, [, high, critical]: Multiples): Severity {
  if (score >= critical * limit) return "CRITICAL";
  return score >= high * limit ? "HIGH" : "MEDIUM";
}

function anomalyOf({ series, perSecond, baseline, limit, threshold, run }: Found, multiples: Multiples): NewAnomaly {
  const at = (index: number) => micros(series.times[index] ?? 0);
  return {
    time: at(run.first),
    endTime: at(run.last),
    peakTime: at(run.peak),
    service: series.service,
    series: series.name,
    method: METHOD,
    score: run.score,
    threshold,
    severity: severityOf(run.score, limit, multiples),
    baselineMean: baseline.mean,
    baselineDeviation: baseline.deviation,
    bandLow: baseline.mean - threshold * baseline.deviation,
    bandHigh: baseline.mean + threshold * baseline.deviation,
    peakValue: series.values[run.peak] ?? 0,
    perSecond,
    fingerprint: fingerprint(id, series.service, series.name, run.first, series.times[run.first] ?? 0),
  };
}

const short = (value: number): string =>
  Number(value.toPrecision(4)).toLocaleString("en-US", { maximumSignificantDigits: 4 });

interface Judged extends Candidate {
  readonly found: Found;
  readonly anomaly: NewAnomaly;
}

function judged(found: Found, multiples: Multiples): Judged {
  const anomaly = anomalyOf(found, multiples);
  const { times } = found.series;
  return {
    service: anomaly.service,
    series: anomaly.series,
    start: anomaly.time,
    end: anomaly.endTime,
    cadence: ((times.at(-1) ?? 0) - (times[0] ?? 0)) / Math.max(1, times.length - 1),
    severity: anomaly.severity,
    evidence: anomaly.score,
    found,
    anomaly,
  };
}

function eventOf({ lead: { found, anomaly }, members, severity }: Finding<Judged>): NewEvent | null {
  const place = found.series.place(found.run.peak);
  if (place === null) return null;
  const others = members.length - 1;
  const name = anomaly.service === null ? anomaly.series : `${anomaly.service} ${anomaly.series}`;
  const title = `${name} ${short(anomaly.peakValue)}, normally ${short(anomaly.baselineMean)} ± ${short(anomaly.baselineDeviation)}`;
  return {
    ...eventOfRecord(place.segment, place.row, {
      detector: id,
      source: "METRICS",
      kind: "metric-anomaly",
      severity,
      title: others === 0 ? title : `${title}, and ${others} more series`,
      description: `${title}: ${short(anomaly.score)}${anomaly.score >= MOST_SCORE ? " or more" : ""} standard deviations from the baseline, limit ${short(anomaly.threshold)}.`,
      confidence: Math.min(1, anomaly.score / (4 * anomaly.threshold)),
      metadata: { series: anomaly.series, method: METHOD, score: anomaly.score },
      tags: [familyOf(anomaly.series)],
    }),
    time: anomaly.time,
    endTime: anomaly.endTime > anomaly.time ? anomaly.endTime : null,
    fingerprint: anomaly.fingerprint,
  };
}

function detect(input: DetectorInput): Detections {
  const { metricSigma, metricSeverityMultiples } = input.settings.detection;
  const candidates: Judged[] = [];
  const counts = new Map<string | null, number>();
  const gathered = gatherSeries(input);
  // Among longer series a short one is sparse, and what is usual in it less sure.
  const isSparse = gathered.some(({ values }) => values.length >= LEAST_WATCHED);
  for (const raw of gathered) {
    input.checkpoint();
    counts.set(raw.service, (counts.get(raw.service) ?? 0) + 1);
    if (raw.values.length < LEAST_SAMPLES || raw.values.length >= LEAST_WATCHED) continue;
    const series = gauged(raw);
    const baseline = baselineOf(series.values);
    const family = familyOf(series.name);
    const limit = metricSigma[family];
    const threshold = limit * metricSeverityMultiples[0];
    const runs = abnormalRuns(series.values, baseline, threshold, family).slice(0, MOST_A_SERIES);
    const perSecond = series !== raw;
    for (const run of runs) {
      const one = judged({ series, perSecond, baseline, limit, threshold, run }, metricSeverityMultiples);
      const severity = isSparse ? lesser(one.severity) : one.severity;
      candidates.push({ ...one, severity, anomaly: { ...one.anomaly, severity } });
    }
  }
  const findings = rankFindings(candidates, (service) => counts.get(service) ?? 0).slice(0, MOST_FINDINGS);
  return {
    anomalies: findings.flatMap(({ lead, members, severity }) =>
      members.map(({ anomaly }) => (anomaly === lead.anomaly ? { ...anomaly, severity } : anomaly)),
    ),
    events: findings.flatMap((finding) => eventOf(finding) ?? []),
  };
}

const detector: Detector = { id, title: "Metrics beyond their baseline (z-score)", run: detect };
export default detector;
