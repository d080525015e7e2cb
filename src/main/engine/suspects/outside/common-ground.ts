/**
 * Services that do not call each other, nor a third one that fails, and yet fail at once stand on the same ground: a network, a cluster, a provider.
 * And a service that moved among the first while no change concerns it is part of that ground, if it serves the others
 * without being one that people deploy.
 */
import type { Candidate } from "../changes/candidate.ts";
import type { Departure } from "../onset/departure.ts";
import type { Beginning } from "../onset.ts";
import { figure, list, spanText } from "../text.ts";
import type { OutsideCause } from "./outside-cause.ts";

/** What nobody named. */
export const UNNAMED_GROUND = "what they all stand on";

const TOGETHER = 120_000_000;
const LEAST_SERVICES = 3;
const AT_ONCE = 1.2;
const UNTOUCHED = 1.2;
const CLEAR = 10;

export function commonGround(
  { onset, hurt, graph, departures }: Beginning,
  candidates: readonly Candidate[],
): OutsideCause[] {
  if (onset === null) return [];
  const together = [...hurt].filter(([, since]) => since - onset.time <= TOGETHER).map(([service]) => service);
  const suffersFrom = (service: string): string[] => [...hurt.keys()].filter((other) => graph.reaches(service, other));
  const apart = unrelated(
    together,
    (one, other) =>
      graph.areRelated(one, other) || suffersFrom(one).some((common) => suffersFrom(other).includes(common)),
  );
  const causes: OutsideCause[] = [];
  if (!graph.isEmpty && apart.length >= LEAST_SERVICES)
    causes.push({
      object: UNNAMED_GROUND,
      service: null,
      since: onset.time,
      factors: [
        {
          logOdds: AT_ONCE,
          text: `${list(apart.slice(0, 5))} do not call each other and began to fail within ${spanText(TOGETHER)}.`,
          place: onset.place,
          time: onset.time,
        },
      ],
    });
  // Without changes, that none concerns it says nothing.
  if (candidates.length === 0) return causes;
  const touched = new Set(candidates.flatMap(({ services }) => services));
  const ground = departures.find(
    (one) =>
      one.service !== null &&
      !touched.has(one.service) &&
      one.size >= CLEAR &&
      one.isSymptom &&
      one.time <= onset.time &&
      graph.callees(one.service).size === 0 &&
      isGround(one, departures),
  );
  if (ground !== undefined) causes.push(groundCause(ground));
  return causes;
}

/** Others moved with it or after it. */
const isGround = ({ service, time }: Departure, departures: readonly Departure[]): boolean =>
  departures.some((other) => other.service !== null && other.service !== service && other.time >= time);

function groundCause({ service, series, before, after, time, place }: Departure): OutsideCause {
  return {
    object: service ?? "",
    service,
    since: time,
    factors: [
      {
        logOdds: UNTOUCHED,
        text: `${series} of ${service ?? ""} went from ${figure(before)} to ${figure(after)} among the first, and no change in this data concerns ${service ?? "it"}.`,
        place,
        time,
        series,
      },
    ],
  };
}

/** A largest set, taken greedily, of which no two are related. */
function unrelated(services: readonly string[], areRelated: (one: string, other: string) => boolean): string[] {
  const apart: string[] = [];
  for (const service of services) if (apart.every((other) => !areRelated(service, other))) apart.push(service);
  return apart;
}
