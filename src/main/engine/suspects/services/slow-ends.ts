/** To which of its ends a slow call is laid: the time between a client's span and its server's belongs to both. */

/** Calls to a service, calls that it makes, or both of these. */
export type Where = "called" | "calling" | "around";

export interface Way {
  readonly service: number;
  readonly callee: number;
}

export interface Slowing<G> {
  readonly group: G;
  /** Standard errors. */
  readonly z: number;
}

export interface End<S> {
  readonly service: number;
  readonly where: Where;
  /** The slowest first. */
  readonly edges: readonly S[];
  readonly z: number;
}

/**
 * Calls by the services at their ends, each end as one test over all its calls (Stouffer 1949): Σz/√n. A slow call is
 * laid to one of its ends only: to the one whose calls are slow altogether, and of two alike to the one with more. Who
 * is slow to call and slow to answer is one end: its own network is.
 */
export function slowEnds<S extends Slowing<Way>>(edges: readonly S[]): End<S>[] {
  const ends: End<S>[] = [];
  let left = edges.filter(({ z }) => z > LEAST_SLOW);
  while (left.length > 0) {
    let best: End<S> | null = null;
    for (const where of ["called", "calling", "around"] as const) {
      for (const service of new Set(left.flatMap((edge) => endsOf(edge, where)))) {
        const slow = left.filter((edge) => endsOf(edge, where).includes(service));
        if (where === "around" && !isSlowBothWays(slow, service)) continue;
        const all = edges.filter(
          (edge) => endsOf(edge, where).includes(service) && (edge.z <= LEAST_SLOW || left.includes(edge)),
        );
        const z = all.reduce((sum, edge) => sum + edge.z, 0) / Math.sqrt(all.length);
        const isBetter = best === null || z > best.z + TIE || (z > best.z - TIE && slow.length > best.edges.length);
        if (isBetter) best = { service, where, edges: slow.toSorted((a, b) => b.z - a.z), z };
      }
    }
    if (best === null) break;
    const claimed = new Set(best.edges);
    ends.push(best);
    left = left.filter((edge) => !claimed.has(edge));
  }
  return ends;
}

function endsOf({ group }: Slowing<Way>, where: Where): number[] {
  if (where === "called") return [group.callee];
  return where === "calling" ? [group.service] : [group.service, group.callee];
}

const isSlowBothWays = (slow: readonly Slowing<Way>[], service: number): boolean =>
  slow.some(({ group }) => group.service === service) && slow.some(({ group }) => group.callee === service);

/** Calls below this many standard errors are as they were. */
const LEAST_SLOW = 1;
/** Standard errors that tell no two ends apart. */
const TIE = 0.5;
