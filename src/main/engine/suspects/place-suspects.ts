/** Where it began, as suspects: services, and the machines and volumes beneath them, part one confidence among themselves. */
import { type GroundBlame, rankGrounds } from "./ground/rank-grounds.ts";
import { whatIsMissing } from "./missing.ts";
import type { Beginning } from "./onset.ts";
import type { CaseSignals, ServiceBlame, Suspect } from "./signals.ts";

const MOST_SERVICES = 5;
const MOST_GROUNDS = 3;
/** Nats of a place that nothing here shows: what is weak and alone is not sure because it is alone. */
const NOWHERE = 2;
/** The first place was none of those that are shown in one of so many incidents. */
const SUREST = 0.95;

export const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Likeliest first. A machine or volume needs an onset: that it was first is what makes it a cause. */
export function groundsOf(
  { metrics }: CaseSignals,
  { onset, windows, slack, blame }: Beginning,
): readonly GroundBlame[] {
  if (onset === null || windows === null) return [];
  return rankGrounds(metrics, windows, { onset: onset.time, slack, blame }).slice(0, MOST_GROUNDS);
}

/**
 * Shares of the blame of the likeliest services, and of the machines and volumes beneath, made sharper: they part it
 * among themselves, and with a place that nothing here shows.
 */
export function placeSuspects(
  blame: readonly ServiceBlame[],
  grounds: readonly GroundBlame[],
  signals: CaseSignals,
  none: number,
): Suspect[] {
  const missing = whatIsMissing(signals);
  const services = blame.slice(0, MOST_SERVICES).map(({ service, score, since, resource, evidence }) => ({
    kind: resource === null ? ("service" as const) : ("resource" as const),
    service,
    object: resource ?? service,
    score,
    since,
    evidence,
  }));
  const beneath = grounds.map(({ name, score, since, evidence }) => ({
    kind: "resource" as const,
    service: null,
    object: name,
    score,
    since,
    evidence,
  }));
  const top = [...services, ...beneath].filter(({ score }) => score > 0);
  const total = top.reduce((sum, { score }) => sum + score * score, NOWHERE * NOWHERE);
  return top.map(({ kind, service, object, score, since, evidence }) => ({
    kind,
    service,
    object,
    title: null,
    score: rounded(score),
    confidence: rounded(((none * score * score) / total) * SUREST),
    since,
    evidence,
    missing,
  }));
}
