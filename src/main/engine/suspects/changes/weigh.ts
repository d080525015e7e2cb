/**
 * The odds of every change: independent reasons add up as logarithms of likelihood ratios (a naive Bayes classifier,
 * with the ratios set by hand and documented in docs/analysis/suspects.md).
 */
import type { Beginning } from "../onset.ts";
import type { CaseSignals } from "../signals.ts";
import { behaviourOf, type Behaviour } from "./behaviour.ts";
import { candidatesOf, type Candidate } from "./candidate.ts";
import { CONCEPTS } from "./concepts.ts";
import type { Factor } from "./factor.ts";
import { localityOf } from "./locality.ts";
import { serviceWords, symptomsOf } from "./symptoms.ts";
import { timingOf } from "./timing.ts";
import { missedNames, spokenOf, valuesOf, wordingOf } from "./wording.ts";
import { Rarity } from "./words.ts";

export interface WeighedChange {
  readonly candidate: Candidate;
  /** Sum of the factors. */
  readonly logOdds: number;
  readonly factors: readonly Factor[];
}

/** Likeliest first; of a change that came into use several times, the likeliest of them. */
export function weighChanges(signals: CaseSignals, beginning: Beginning, checkpoint: () => void): WeighedChange[] {
  const candidates = candidatesOf(signals.changes, servicesOf(signals));
  const symptoms = symptomsOf(signals, beginning);
  const names = serviceWords(signals);
  const behaviours = candidates.map(({ message, files, diff }) => behaviourOf(message, files, diff));
  // A diff that changes nothing says nothing either, whatever words it holds.
  const spoken = candidates.map((candidate, at) => spokenOf(candidate, (behaviours[at]?.logOdds ?? 0) > -1));
  const rarity = new Rarity(spoken.map(({ words }) => words));
  const conceptRarity = new Rarity([...spoken.map(({ concepts }) => concepts), new Set(CONCEPTS.map(({ id }) => id))]);
  const best = new Map<string, WeighedChange>();
  for (const [at, candidate] of candidates.entries()) {
    checkpoint();
    const behaviour = behaviours[at];
    const said = spoken[at];
    if (behaviour === undefined || said === undefined) continue;
    const wording = [
      ...wordingOf(said, symptoms, rarity, conceptRarity),
      ...missedNames(candidate, symptoms, names),
      ...valuesOf(behaviour.values, beginning, symptoms),
    ];
    const factors = [
      ...timingOf(candidate, beginning),
      ...localityOf(candidate, beginning),
      ...wording,
      ...behaviourFactor(candidate, behaviour, wording),
    ];
    const weighed = { candidate, factors, logOdds: factors.reduce((sum, { logOdds }) => sum + logOdds, 0) };
    const known = best.get(candidate.object);
    if (known === undefined || known.logOdds < weighed.logOdds) best.set(candidate.object, weighed);
  }
  return [...best.values()].sort((a, b) => b.logOdds - a.logOdds || a.candidate.time - b.candidate.time);
}

/** A change that speaks of nothing that fails can break it only by accident, however bold it is. */
const MOST_UNSPOKEN = 0.2;

/** Of a flag whose code is not here, nothing is known but its name. */
function behaviourFactor(
  { kind, diff, change }: Candidate,
  { logOdds, what }: Behaviour,
  wording: readonly Factor[],
): Factor[] {
  if (diff === null && kind !== "commit") return [];
  const isSpoken = wording.some((factor) => factor.logOdds > 0);
  return [
    {
      logOdds: isSpoken ? logOdds : Math.min(logOdds, MOST_UNSPOKEN),
      text: `The change ${what}.`,
      place: change.place,
      time: change.time,
    },
  ];
}

export function servicesOf({ metrics, logs, spans, dependencies, alerts }: CaseSignals): Set<string> {
  const services = new Set(spans.services);
  for (const { service } of [...metrics, ...logs, ...alerts]) if (service !== null) services.add(service);
  for (const { caller, callee } of dependencies) services.add(caller).add(callee);
  return services;
}
