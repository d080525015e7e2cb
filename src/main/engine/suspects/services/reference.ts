/**
 * What the incident is held against. The baseline that was chosen is enough where it holds a good part of what the
 * incident holds; a minute of baseline beside an hour of incident tells no normal, and then everything else does.
 */
import type { TimeSequence } from "../../series/time-list.ts";
import type { TimeRange, Windows } from "../signals.ts";

/** Which stretch a moment belongs to. */
export const Side = { neither: 0, reference: 1, incident: 2 } as const;
export type Side = (typeof Side)[keyof typeof Side];

/** A baseline with fewer samples tells no normal. */
const LEAST_SAMPLES = 30;

export interface Reference {
  side(time: number): Side;
}

const isWithin = (time: number, { from, to }: TimeRange): boolean => time >= from && time < to;

export function countWithin(times: TimeSequence, range: TimeRange): number {
  let count = 0;
  times.forEach((time) => {
    if (isWithin(time, range)) count++;
  });
  return count;
}

/**
 * The baseline, widened where it holds fewer moments than the incident or fewer than 30: to all before the incident,
 * and for `after` also to what comes after it and after as long again, in which things settle.
 */
export function referenceOf(times: TimeSequence, { baseline, incident }: Windows, after = false): Reference {
  const inIncident = countWithin(times, incident);
  const isWidened = countWithin(times, baseline) < Math.max(LEAST_SAMPLES, inIncident);
  const settled = incident.to + (incident.to - incident.from);
  return {
    side(time) {
      if (isWithin(time, incident)) return Side.incident;
      if (isWithin(time, baseline)) return Side.reference;
      if (!isWidened) return Side.neither;
      return time < incident.from || (after && time >= settled) ? Side.reference : Side.neither;
    },
  };
}
