/** Which anomalies are listed, in which order, and which one comes next. */
import { SEVERITIES, severityRank, type Severity } from "../../shared/model/severity.ts";
import type { CallOutput } from "../../shared/contract.ts";
import type { TimeRange } from "../state/selection.ts";

export type Anomaly = CallOutput<"anomalies.list">[number];

export const ORDERS = ["severity", "score", "time"] as const;
export type AnomalyOrder = (typeof ORDERS)[number];

export interface AnomalyChoice {
  readonly order: AnomalyOrder;
  /** This severity and graver ones. */
  readonly atLeast: Severity;
  readonly service: string | null;
  /** Null takes every method. */
  readonly method: string | null;
}

/** Where the person looks: the brushed or visible range, and the filter of all views. */
export interface Looked {
  /** Anomalies that overlap it; null takes all. */
  readonly range: TimeRange | null;
  readonly fits: (anomaly: Anomaly) => boolean;
}

export interface Ranked {
  readonly inside: readonly Anomaly[];
  /** Chosen too, but not in the range or not meant by the filter. */
  readonly outside: readonly Anomaly[];
}

/** How far the peak lies beyond what had to be reached: 1 just reached it, and methods can be compared. */
export const multipleOf = ({ score, threshold }: Pick<Anomaly, "score" | "threshold">): number =>
  threshold > 0 ? score / threshold : score;

const byScore = (a: Anomaly, b: Anomaly): number => multipleOf(b) - multipleOf(a) || a.time - b.time || a.id - b.id;
const COMPARE: Readonly<Record<AnomalyOrder, (a: Anomaly, b: Anomaly) => number>> = {
  severity: (a, b) => severityRank(a.severity) - severityRank(b.severity) || byScore(a, b),
  score: byScore,
  time: (a, b) => a.time - b.time || a.id - b.id,
};

const overlaps = (anomaly: Pick<Anomaly, "time" | "endTime">, range: TimeRange | null): boolean =>
  range === null || (anomaly.time < range.to && anomaly.endTime >= range.from);

export function ranked(anomalies: readonly Anomaly[], choice: AnomalyChoice, looked: Looked): Ranked {
  const lowest = severityRank(choice.atLeast);
  const chosen = anomalies
    .filter(
      (anomaly) =>
        severityRank(anomaly.severity) <= lowest &&
        (choice.service === null || anomaly.service === choice.service) &&
        (choice.method === null || anomaly.method === choice.method),
    )
    .sort(COMPARE[choice.order]);
  const isInside = (anomaly: Anomaly): boolean => overlaps(anomaly, looked.range) && looked.fits(anomaly);
  return { inside: chosen.filter(isInside), outside: chosen.filter((anomaly) => !isInside(anomaly)) };
}

export function servicesOf(anomalies: readonly Anomaly[]): readonly string[] {
  const names = new Set<string>();
  for (const { service } of anomalies) if (service !== null) names.add(service);
  return [...names].sort();
}

/** Methods that occur. */
export const methodsOf = (anomalies: readonly Anomaly[]): readonly string[] =>
  [...new Set(anomalies.map(({ method }) => method))].sort();

/** Severities that occur, gravest first. */
export const severitiesOf = (anomalies: readonly Anomaly[]): readonly Severity[] =>
  SEVERITIES.filter((severity) => anomalies.some((anomaly) => anomaly.severity === severity));

interface Standing {
  readonly id: number | null;
  /** Where the person is in time when no anomaly is selected. */
  readonly time: number | null;
}

/** The next or previous anomaly in time; stays at the ends. */
export function neighbour(anomalies: readonly Anomaly[], { id, time }: Standing, step: 1 | -1): Anomaly | null {
  const sorted = anomalies.toSorted(COMPARE.time);
  const at = id === null ? -1 : sorted.findIndex((anomaly) => anomaly.id === id);
  if (at >= 0) return sorted[at + step] ?? sorted[at] ?? null;
  if (time === null) return (step === 1 ? sorted[0] : sorted.at(-1)) ?? null;
  const later = (anomaly: Anomaly): boolean => anomaly.time > time;
  return (step === 1 ? sorted.find(later) : sorted.findLast((anomaly) => anomaly.time < time)) ?? null;
}
