/**
 * What is to blame, by all that the case holds: changes against each other and against "none of them", then what lies
 * outside, and the services where it shows first. Deterministic: the same signals give the same verdict.
 */
import { weighChanges, type WeighedChange } from "./changes/weigh.ts";
import { evidenceOf } from "./changes/factor.ts";
import { isAfterOnset } from "./changes/timing.ts";
import { confidenceOf } from "./confidence.ts";
import { whatIsMissingOf } from "./missing.ts";
import type { Beginning } from "./onset.ts";
import { findOutside } from "./outside/find-outside.ts";
import { UNNAMED_GROUND } from "./outside/common-ground.ts";
import { oddsOf, type OutsideCause } from "./outside/outside-cause.ts";
import type { CaseSignals, Suspect, Verdict } from "./signals.ts";
import { groundsOf, placeSuspects, rounded } from "./place-suspects.ts";
import { list } from "./text.ts";

const MOST_CHANGES = 8;
const MOST_OUTSIDE = 4;
/** Log-odds that no change did it where a machine or volume was full first. */
const FULL_GROUND = 1.2;
/** Weight of causes from outside that nothing here speaks of, beside those that something does. */
const UNKNOWN = 2;
/** Less likely changes are shown while there are fewer than this. */
const SHOWN_ANYWAY = 3;
const WORTH_SHOWING = 0.02;

export function verdictOf(signals: CaseSignals, beginning: Beginning, checkpoint: () => void): Verdict {
  const { onset, windows, blame } = beginning;
  const weighed = weighChanges(signals, beginning, checkpoint);
  const grounds = groundsOf(signals, beginning);
  const isGroundFirst = grounds[0]?.isFirst === true;
  // A machine that was full first is the ground that several services share, by its name.
  const outside = findOutside(
    signals,
    beginning,
    weighed.map(({ candidate }) => candidate),
  ).filter((cause) => !isGroundFirst || !isUnnamed(cause));
  const confidence = confidenceOf(
    weighed.map(({ logOdds }) => logOdds),
    [...outside.map((cause) => oddsOf(cause)), ...(isGroundFirst ? [FULL_GROUND] : [])],
  );
  const [best = 0] = confidence.changes;
  const abstained = best <= confidence.none;
  const changes = weighed
    .map((change, at) => changeSuspect(change, confidence.changes[at] ?? 0))
    .filter(({ confidence: sure }, at) => at < SHOWN_ANYWAY || sure >= WORTH_SHOWING)
    .slice(0, MOST_CHANGES);
  const places = placeSuspects(blame, grounds, signals, abstained ? confidence.none : 1);
  const likeliest = places.reduce((most, { confidence: sure }) => Math.max(most, sure), 0);
  const others = [
    ...outside
      .slice(0, MOST_OUTSIDE)
      .map((cause) => outsideSuspect(cause, outside, confidence.none * (isUnnamed(cause) ? 1 - likeliest : 1))),
    ...places,
  ].sort((a, b) => b.confidence - a.confidence);
  return {
    onset,
    windows,
    abstained,
    abstainedBecause: abstained ? reasonToAbstain(signals, beginning, weighed, outside) : "",
    suspects: abstained
      ? [...others, ...changes]
      : [...changes.slice(0, 1).map((first) => besidePlace(first, places)), ...merge(changes.slice(1), others)],
    services: blame,
  };
}

/** Of a ground that nobody can name, what one place explains is taken off. */
const isUnnamed = ({ object }: OutsideCause): boolean => object === UNNAMED_GROUND;

/** What was done comes before where it shows, which may be surer: then the first suspect says so. */
function besidePlace(first: Suspect, places: readonly Suspect[]): Suspect {
  const surer = places.find(({ confidence }) => confidence > first.confidence);
  if (surer === undefined) return first;
  const where = surer.service ?? surer.object ?? "";
  const why = `What parts it from other causes at ${where}: that it began there is surer (${percent(surer)}) than that this change did it (${percent(first)}).`;
  return { ...first, missing: [...first.missing, why] };
}
const percent = ({ confidence }: Suspect): string => `${Math.round(confidence * 100)} %`;

const merge = (some: readonly Suspect[], others: readonly Suspect[]): Suspect[] =>
  [...some, ...others].sort((a, b) => b.confidence - a.confidence);

function changeSuspect({ candidate, logOdds, factors }: WeighedChange, confidence: number): Suspect {
  const { object, title, services, time } = candidate;
  return {
    kind: "change",
    service: services[0] ?? null,
    object,
    title,
    score: rounded(logOdds),
    confidence: rounded(confidence),
    since: time,
    evidence: factors.toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)).map(evidenceOf),
    missing: whatIsMissingOf(candidate),
  };
}

function outsideSuspect(cause: OutsideCause, all: readonly OutsideCause[], none: number): Suspect {
  const total = all.reduce((sum, one) => sum + Math.max(0, oddsOf(one)), 0);
  return {
    kind: "outside",
    service: cause.service,
    object: cause.object,
    title: null,
    score: rounded(oddsOf(cause)),
    confidence: rounded((none * Math.max(0, oddsOf(cause))) / (total + UNKNOWN)),
    since: cause.since,
    evidence: cause.factors.map(evidenceOf),
    missing: [],
  };
}

function reasonToAbstain(
  { changes }: CaseSignals,
  beginning: Beginning,
  weighed: readonly WeighedChange[],
  outside: readonly OutsideCause[],
): string {
  if (changes.length === 0) return "This data holds no changes: no commits, deploys or flags.";
  if (beginning.onset === null) return "Nothing here leaves its normal, so that no change can be held against it.";
  const possible = weighed.filter(({ candidate }) => !isAfterOnset(candidate, beginning));
  if (possible.length === 0) return "No change in this data explains it: all of them came after it began.";
  const [strongest] = outside;
  const because = outside
    .filter((cause) => strongest !== undefined && oddsOf(cause) >= oddsOf(strongest) / 2)
    .slice(0, 2)
    .map(({ object }) => object);
  const but =
    because.length === 0
      ? "none of them fits in time, place and words"
      : `${list(because)} ${because.length === 1 ? "explains" : "explain"} more`;
  return `No change in this data explains it: of ${possible.length} that came before, ${but}.`;
}
