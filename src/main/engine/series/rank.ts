/**
 * Which anomalies of many series are worth a person's time. Those of one service that begin together are one finding:
 * its strength is its strongest series, and grows with every other one that agrees. What only one of a service's many
 * series shows is one step less grave.
 */
import { SEVERITIES, severityRank, type Severity } from "../../../shared/model/severity.ts";

export interface Candidate {
  readonly service: string | null;
  /** Tells the series of a service apart. */
  readonly series: string;
  /** Microseconds. */
  readonly start: number;
  readonly end: number;
  /** Usual pause between the samples of the series, in microseconds. */
  readonly cadence: number;
  readonly severity: Severity;
  /** Factors of ten of unlikeliness at the peak. */
  readonly evidence: number;
}

export interface Finding<C extends Candidate> {
  /** The strongest. */
  readonly lead: C;
  /** One a series, the lead first, then by strength. */
  readonly members: readonly C[];
  readonly severity: Severity;
  readonly strength: number;
}

/** Starts that lie so many samples, or microseconds, apart are one moment. */
const SAME_SAMPLES = 3;
const SAME_MICROS = 60_000_000;
/** What each doubling of the series that agree adds to the strength, in factors of ten. */
const AGREEMENT = 1.5;
/** A service with fewer series cannot show that one of them is alone. */
const MANY_SERIES = 4;
/** Anomalies of one series, the strongest. */
const MOST_A_SERIES = 5;

/** Findings, the gravest and strongest first. `seriesOf` counts the series that a service has, abnormal or not. */
export function rankFindings<C extends Candidate>(
  candidates: readonly C[],
  seriesOf: (service: string | null) => number,
): Finding<C>[] {
  const byService = grouped(strongest(candidates), ({ service }) => service);
  const findings = [...byService].flatMap(([service, own]) => {
    const many = seriesOf(service) >= MANY_SERIES;
    return moments(own).map((moment) => findingOf(moment, many));
  });
  return findings.sort(byGravity);
}

/** The gravest first, then the strongest, then the earliest. */
export const byGravity = (a: Finding<Candidate>, b: Finding<Candidate>): number =>
  severityRank(a.severity) - severityRank(b.severity) || b.strength - a.strength || a.lead.start - b.lead.start;

function strongest<C extends Candidate>(candidates: readonly C[]): C[] {
  const bySeries = grouped(candidates, ({ service, series }) => JSON.stringify([service, series]));
  return [...bySeries.values()].flatMap((own) => own.toSorted(byStrength).slice(0, MOST_A_SERIES));
}

function grouped<K, C>(all: readonly C[], keyOf: (one: C) => K): Map<K, C[]> {
  const groups = new Map<K, C[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

const byStrength = (a: Candidate, b: Candidate): number =>
  severityRank(a.severity) - severityRank(b.severity) || b.evidence - a.evidence || a.start - b.start;

function moments<C extends Candidate>(candidates: readonly C[]): C[][] {
  const found: C[][] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates.toSorted((a, b) => a.start - b.start || byStrength(a, b))) {
    const same = Math.max(SAME_MICROS, SAME_SAMPLES * candidate.cadence);
    const last = found.at(-1);
    if (last !== undefined && candidate.start - from <= same) last.push(candidate);
    else {
      found.push([candidate]);
      from = candidate.start;
    }
  }
  return found;
}

function findingOf<C extends Candidate>(moment: readonly C[], canBeAlone: boolean): Finding<C> {
  const members: C[] = [];
  const told = new Set<string>();
  for (const candidate of moment.toSorted(byStrength)) {
    if (told.has(candidate.series)) continue;
    told.add(candidate.series);
    members.push(candidate);
  }
  const [lead = moment[0] as C] = members;
  const evidence = members.reduce((most, member) => Math.max(most, member.evidence), 0);
  const isAlone = canBeAlone && members.length === 1;
  return {
    lead,
    members,
    severity: isAlone ? lesser(lead.severity) : lead.severity,
    strength: evidence + AGREEMENT * Math.log2(members.length),
  };
}

/** One step less grave. */
export const lesser = (severity: Severity): Severity => SEVERITIES[severityRank(severity) + 1] ?? "INFO";
