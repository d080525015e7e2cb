/**
 * Watches every metric series sample by sample with the methods of `series/`, and tells what is worth a person's time:
 * what one service shows at one moment is one event, and of a day of load changes only the strongest are told.
 */
import type { NewAnomaly } from "../../../shared/model/anomaly.ts";
import type { NewEvent } from "../../../shared/model/event.ts";
import { severityRank, type Severity } from "../../../shared/model/severity.ts";
import { micros } from "../../../shared/units.ts";
import { byGravity, rankFindings, type Candidate, type Finding } from "../series/rank.ts";
import { scanSeries } from "../series/scan.ts";
import { silentServices, type Silence } from "../series/silence.ts";
import { severityOf } from "../series/severity.ts";
import { TOLD_EVIDENCE, type SeriesAnomaly } from "../series/stretch.ts";
import { LEAST_WATCHED, scoreOf } from "../series/watch.ts";
import type { Detections, Detector, DetectorInput } from "./detector.ts";
import { describeFinding, titleOfFinding } from "./support/anomaly-words.ts";
import { fingerprint } from "./support/fingerprint.ts";
import { eventOfRecord } from "./support/record-event.ts";
import { gatherSeries, type Series } from "./support/series.ts";

const id = "metric-watch";

/** Findings that become events, and anomalies of the case: beyond, a list tells nothing any more. */
const MOST_FINDINGS = 40;
const MOST_ANOMALIES = 250;
/** Less grave findings are listed among the anomalies, and make no event. */
const LEAST_EVENT: Severity = "MEDIUM";
/** Evidence of a silence, which has no distance: enough to be HIGH, and more the longer it lasts. */
const SILENT_EVIDENCE = 5;
/** Turns the reach of a band, which all but 1 % keep to on either side, into a standard deviation: 1 / Φ⁻¹(.99). */
const REACH_TO_SIGMA = 1 / 2.326;

export interface SeriesCandidate extends Candidate {
  readonly samples: Series;
  readonly anomaly: SeriesAnomaly;
}

function candidatesOf(samples: Series): SeriesCandidate[] {
  const { service, name, times, values } = samples;
  const at = (index: number): number => times[index] ?? 0;
  const cadence = (at(times.length - 1) - at(0)) / Math.max(1, times.length - 1);
  return scanSeries(name, times, values).anomalies.map((anomaly) => ({
    service,
    series: name,
    start: at(anomaly.start),
    end: at(anomaly.end),
    cadence,
    severity: severityOf(anomaly, name),
    evidence: anomaly.evidence,
    samples,
    anomaly,
  }));
}

/** A service that fell silent: an anomaly that lasts to the end of the case. */
function silentCandidate({ series, from, to, pauses }: Silence<Series>): SeriesCandidate {
  const last = series.times.length - 1;
  const evidence = SILENT_EVIDENCE + Math.log2(pauses);
  const peakValue = series.values[last] ?? 0;
  const anomaly: SeriesAnomaly = {
    start: last,
    peak: last,
    end: last,
    method: "missing-data",
    score: scoreOf(evidence),
    evidence,
    peakValue,
    band: null,
    perSecond: false,
  };
  return {
    service: series.service,
    series: series.name,
    start: from,
    end: to,
    cadence: (to - from) / pauses,
    severity: "HIGH",
    evidence,
    samples: series,
    anomaly,
  };
}

function anomalyOf({ samples, anomaly, severity, start, end }: SeriesCandidate): NewAnomaly {
  const { service, name, times } = samples;
  const { band, peak, peakValue, evidence, method, perSecond } = anomaly;
  return {
    time: micros(start),
    endTime: micros(end),
    peakTime: micros(times[peak] ?? start),
    service,
    series: name,
    method,
    score: evidence,
    threshold: TOLD_EVIDENCE,
    severity,
    baselineMean: band?.center ?? peakValue,
    baselineDeviation: band === null ? 0 : ((band.high - band.low) / 2) * REACH_TO_SIGMA,
    bandLow: band?.low ?? null,
    bandHigh: band?.high ?? null,
    peakValue,
    perSecond,
    fingerprint: fingerprint(id, service, name, method, start),
  };
}

/** The event of a finding stands at its lead, and carries the lead's fingerprint. */
function eventOf(finding: Finding<SeriesCandidate>): NewEvent | null {
  const { lead, members, severity } = finding;
  const place = lead.samples.place(lead.anomaly.peak);
  if (place === null) return null;
  const { time, fingerprint: same } = anomalyOf(lead);
  const endTime = members.reduce((end, member) => Math.max(end, member.end), lead.end);
  return {
    ...eventOfRecord(place.segment, place.row, {
      detector: id,
      source: "METRICS",
      kind: "metric-anomaly",
      severity,
      title: titleOfFinding(finding),
      description: describeFinding(finding),
      confidence: lead.anomaly.score,
      metadata: {
        series: lead.series,
        method: lead.anomaly.method,
        score: lead.anomaly.score,
        evidence: lead.evidence,
        strength: finding.strength,
        agreeing: members.length,
      },
      tags: [lead.anomaly.method],
    }),
    time,
    endTime: endTime > time ? micros(endTime) : null,
    fingerprint: same,
  };
}

function detect(input: DetectorInput): Detections {
  const counts = new Map<string | null, number>();
  const candidates: SeriesCandidate[] = [];
  const gathered = gatherSeries(input);
  for (const samples of gathered) {
    input.checkpoint();
    counts.set(samples.service, (counts.get(samples.service) ?? 0) + 1);
    if (samples.values.length >= LEAST_WATCHED) candidates.push(...candidatesOf(samples));
  }
  const silent = silentServices(gathered).map(silentCandidate);
  const findings = [
    ...rankFindings(candidates, (service) => counts.get(service) ?? 0),
    // The one series stands for all of its service.
    ...rankFindings(silent, () => 1),
  ].sort(byGravity);
  const told = findings.slice(0, MOST_FINDINGS);
  const anomalies = told
    .flatMap(({ members, lead, severity }) =>
      members.map((member) => anomalyOf(member === lead ? { ...member, severity } : member)),
    )
    .slice(0, MOST_ANOMALIES);
  const events = told
    .filter(({ severity }) => severityRank(severity) <= severityRank(LEAST_EVENT))
    .flatMap((finding) => eventOf(finding) ?? []);
  return { anomalies, events };
}

const detector: Detector = { id, title: "Metrics watched sample by sample", run: detect };
export default detector;
