/** Whether a change was made where it hurts: at the service that failed first, or at what that service stands on. */
import type { Departure } from "../onset/departure.ts";
import { CLEAR } from "../onset/first-symptom.ts";
import type { Beginning } from "../onset.ts";
import type { ServiceBlame } from "../signals.ts";
import { list } from "../text.ts";
import type { Candidate } from "./candidate.ts";
import type { Factor } from "./factor.ts";

/** Log-odds of where a change was made. */
const AT_FIRST = 1.6;
const AT_ONCE = 1;
const BENEATH = 0.5;
const SHARED = 0.3;
const AT_VICTIM = -1;
/** It may send what the other cannot bear. */
const AT_SOUND_CALLER = -0.4;
const UNRELATED = -2;
const UNKNOWN = -0.5;
/** Settings and platforms are deployed under names that no service has. */
const UNSEEN = -1;
const STRANGER = -2.5;
const UNDEPLOYED = -3;
/** It came along with a deploy of something else. */
const CARRIED = -0.8;
/** The more came along, the less each of them is likely. */
const COMPANION = 0.5;
/** A flag is switched by somebody who watches, and off again as fast. */
const FLAG = -0.8;
const ELSEWHERE = -2.5;
/** Services that begin to fail within this of the first fail together. */
const TOGETHER = 120_000_000;

export function localityOf(candidate: Candidate, beginning: Beginning): Factor[] {
  const { change, by, time } = candidate;
  const at = { place: (by ?? change).place, time };
  const factors: Factor[] = [];
  const [best] = candidate.services
    .map((service) => placed(service, beginning))
    .toSorted((a, b) => b.logOdds - a.logOdds);
  // What nobody owns came to the service by chance of its deploy.
  const isByChance = candidate.activation === "carried" && candidate.isAnybodys;
  if (best !== undefined && !isByChance) factors.push({ ...best, ...at });
  else if (candidate.stranger !== null)
    factors.push({
      logOdds: STRANGER,
      text: `It belongs to ${candidate.stranger}, of which nothing is seen here.`,
      ...at,
    });
  else
    factors.push(
      candidate.isShared
        ? { logOdds: SHARED, text: "It is in code or settings that services share.", ...at }
        : { logOdds: UNKNOWN, text: "It names no service.", ...at },
    );
  if (candidate.isUndeployed)
    factors.push({ logOdds: UNDEPLOYED, text: "No deploy in this data brings it into use.", ...at });
  if (candidate.activation === "carried")
    factors.push({
      logOdds: CARRIED - COMPANION * Math.log(Math.max(1, candidate.companions)),
      text: `No deploy names it; it was in the tree when the service was deployed${candidate.companions > 1 ? `, as were ${candidate.companions - 1} others` : ""}.`,
      ...at,
    });
  if (candidate.activation === "flag" && candidate.diff === null)
    factors.push({ logOdds: FLAG, text: "A flag: what it switches is not in this data.", ...at });
  if (candidate.isElsewhere)
    factors.push({ logOdds: ELSEWHERE, text: "It is for an environment other than the one that fails.", ...at });
  return factors;
}

function placed(service: string, beginning: Beginning): { logOdds: number; text: string } {
  const { onset, hurt, graph, blame, seen } = beginning;
  const first = onset?.service ?? null;
  const since = hurt.get(service);
  if (first === null) return byBlame(service, blame);
  if (service === first) return { logOdds: AT_FIRST, text: `It is at ${service}, where it began.` };
  if (!seen.has(service)) return { logOdds: UNSEEN, text: `It is at ${service}, of which nothing is seen here.` };
  const began = onset?.time ?? 0;
  if (graph.reaches(first, service) && (since === undefined || since - began <= TOGETHER))
    return { logOdds: since === undefined ? BENEATH : AT_ONCE, text: `It is at ${service}, which ${first} calls.` };
  if (asksForMore(service, first, beginning))
    return { logOdds: AT_ONCE, text: `It is at ${service}, which asks ${first} for more than it is asked for itself.` };
  if (since !== undefined && since - began <= TOGETHER)
    return graph.reaches(service, first)
      ? { logOdds: AT_VICTIM, text: `It is at ${service}, which fails because it calls ${first}.` }
      : { logOdds: AT_ONCE, text: `It is at ${service}, which failed at the same time.` };
  if (since !== undefined)
    return { logOdds: AT_VICTIM, text: `It is at ${service}, which failed later than ${first}.` };
  // Not every failure is measured where it is made: others speak of it, or another series leaves its normal.
  if (blame[0]?.service === service)
    return { logOdds: BENEATH, text: `It is at ${service}, where the data points to most.` };
  const moved = movedAtOnce(service, began, beginning);
  if (moved !== undefined)
    return { logOdds: UNKNOWN, text: `It is at ${service}, which shows no failure, but ${moved.series} moved there.` };
  return graph.reaches(service, first)
    ? {
        logOdds: AT_SOUND_CALLER,
        text: `It is at ${service}, which calls ${first} and shows no failure of its own.`,
      }
    : { logOdds: UNRELATED, text: `It is at ${service}, which shows no failure.` };
}

function movedAtOnce(service: string, began: number, { departures }: Beginning): Departure | undefined {
  return departures.find(
    (one) => one.service === service && one.size >= CLEAR && Math.abs(one.time - began) <= TOGETHER,
  );
}

/** Requests of `first` rose, and those of nobody who leads to it did: a caller repeats them, or makes several of one. */
function asksForMore(service: string, first: string, { graph, departures }: Beginning): boolean {
  if (!graph.callees(service).has(first)) return false;
  const rises = (who: string | null): boolean =>
    departures.some(
      (one) =>
        one.service === who && one.family === "traffic" && one.before > 0 && one.after >= LEAST_RISE * one.before,
    );
  return (
    rises(first) && !departures.some(({ service: who }) => who !== null && graph.reaches(who, first) && rises(who))
  );
}
/** As much more is traffic of another size. */
const LEAST_RISE = 1.4;

/** Without a first service, those that are blamed most stand for it. */
function byBlame(service: string, blame: readonly ServiceBlame[]): { logOdds: number; text: string } {
  const rank = blame.findIndex((one) => one.service === service);
  const top = blame.slice(0, 3).map((one) => one.service);
  return rank >= 0 && rank < 3
    ? { logOdds: AT_ONCE, text: `It is at ${service}, one of the likeliest services (${list(top)}).` }
    : { logOdds: UNKNOWN, text: `It is at ${service}.` };
}
