/**
 * Whether a few became far slower while most went on as before: packets that are lost and sent again, connections that
 * are refused at first, a collector of garbage that stops everything. No mean tells of them, their share does.
 */
import { quantileOfSorted } from "../../series/statistics.ts";
import { shareShift } from "./likelihood.ts";
import type { Times } from "./slowing.ts";

export interface TracedTimes extends Times {
  /** Of each time: what request it is of. Those of one request may be slow together. */
  readonly referenceTraces: readonly number[];
  readonly incidentTraces: readonly number[];
}

/** How many were far slower than usual. */
export interface SlowTail {
  readonly before: number;
  readonly beforeOf: number;
  readonly during: number;
  readonly duringOf: number;
  /** Standard errors: √(2 · nats of the two shares / design effect). */
  readonly z: number;
}

/** Fewer of the reference know no bound that all keep to. */
const LEAST_REFERENCE = 8;
/** Fewer requests with something slow are an accident. */
const LEAST_SLOW = 2;
/** Far slower: twice what all but a tenth take, four times the median at least. */
const USUAL = 0.9;
const BEYOND_USUAL = Math.log(2);
const BEYOND_MEDIAN = Math.log(4);
/** Where more than this share is, it is no tail, and the mean tells more. */
const MOST = 0.5;

/**
 * Null where no larger share is far slower. By how much the share differed just before the incident is taken off. What
 * is slow in one request is so for one reason, the more so the more there is of it in each: what is left is divided by
 * how many each request with any holds (the design effect of clusters; Rao and Scott, Biometrics 48, 1992).
 */
export function slowTail({
  reference,
  referenceTraces,
  incident,
  incidentTraces,
  recent,
}: TracedTimes): SlowTail | null {
  if (reference.length < LEAST_REFERENCE) return null;
  const sorted = Float64Array.from(reference).sort();
  const bound = Math.max(quantileOfSorted(sorted, USUAL) + BEYOND_USUAL, quantileOfSorted(sorted, 0.5) + BEYOND_MEDIAN);
  const earlier = reference.length - recent;
  const isSlow = (time: number): boolean => time > bound;
  const counts = [reference.slice(0, earlier), reference.slice(earlier), incident].map(
    (times) => times.filter(isSlow).length,
  );
  const shift = shareShift(Float64Array.from(counts), Float64Array.of(earlier, recent, incident.length));
  if (shift === null || !shift.rises || !(shift.nats > 0) || shift.during > MOST * shift.duringOf) return null;
  const slowRequests = new Set(incidentTraces.filter((_, at) => isSlow(incident[at] ?? 0)));
  if (slowRequests.size < LEAST_SLOW) return null;
  const before = new Set(referenceTraces.filter((_, at) => isSlow(reference[at] ?? 0)));
  const together = (shift.before + shift.during) / (before.size + slowRequests.size);
  return {
    before: shift.before,
    beforeOf: shift.beforeOf,
    during: shift.during,
    duringOf: shift.duringOf,
    z: Math.sqrt((2 * shift.nats) / together),
  };
}
