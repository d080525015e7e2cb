/**
 * Visits in which a service works far less than it used to: who returns too early leaves out what he has no span, no
 * call and no log for.
 */
import { median, quantileOfSorted, sortedCopy } from "../../series/statistics.ts";
import type { SpanSignals } from "../signals.ts";
import { type ComparedVisits, NOT_COMPARED } from "./compared-visits.ts";
import type { Visits } from "./visits.ts";

/** Fewer visits of the reference tell no usual. */
const LEAST_REFERENCE = 5;
/** Quicker than all but this share of the reference, and than the median by this factor. */
const QUICK = 0.1;
const LEAST_FACTOR = 1.5;
/** Work of fewer steps of the clock is not told from rounding. */
const LEAST_STEPS = 10;
const MILLISECOND = 1_000;

/** 1 for a visit whose own work took less than what is quick in its context. Cost O(n log n). */
export function quickVisits(spans: SpanSignals, visits: Visits, compared: ComparedVisits): Uint8Array {
  const work = new Float64Array(visits.count);
  for (let row = 0; row < spans.count; row++) {
    const visit = visits.of[row] ?? 0;
    work[visit] = (work[visit] ?? 0) + (spans.self[row] ?? 0);
  }
  const limits = limitsOf(work, compared, LEAST_STEPS * stepOf(spans));
  return Uint8Array.from(work, (took, visit) => (took < (limits[compared.contextOf[visit] ?? 0] ?? 0) ? 1 : 0));
}

/** By context; 0 where nothing is quick. */
function limitsOf(work: Float64Array, compared: ComparedVisits, least: number): Float64Array {
  const { contexts, contextOf, stretchOf, stretches } = compared;
  const reference = contexts.map((): number[] => []);
  const incident = contexts.map((): number[] => []);
  for (const [visit, context] of contextOf.entries()) {
    const stretch = stretchOf[visit] ?? NOT_COMPARED;
    if (stretch !== NOT_COMPARED) (stretch === stretches ? incident : reference)[context]?.push(work[visit] ?? 0);
  }
  const usual = reference.map((all) => median(all));
  // Where everything is quicker (warm caches, an idle machine), that is nobody's own.
  const shared = median(
    incident.flatMap((all, context) => {
      const before = usual[context] ?? 0;
      return all.length === 0 || before <= least ? [] : [median(all) / before];
    }),
  );
  const pace = shared > 0 ? Math.min(1, shared) : 1;
  return Float64Array.from(reference, (all, context) => {
    const before = usual[context] ?? 0;
    if (all.length < LEAST_REFERENCE || before <= least) return 0;
    return pace * Math.min(quantileOfSorted(sortedCopy(all), QUICK), before / LEAST_FACTOR);
  });
}

/** Microseconds: what durations are written in. */
const stepOf = ({ duration }: SpanSignals): number =>
  duration.every((took) => took % MILLISECOND === 0) ? MILLISECOND : 1;
