/**
 * Holds a change against the mix of requests: a caller that breaks off asks for other things than it used to, and so
 * all below it seem to do other things. Visits are parted by the path of calls that led to them, and the share that is
 * expected in the incident is the mean of the shares of the paths before, weighed by how often each is gone now (direct
 * standardisation, as rates of death are compared between populations of other ages).
 */
import { type ComparedVisits, NOT_COMPARED } from "./compared-visits.ts";
import { shareRatio } from "./likelihood.ts";
import { fails, type VisitItems } from "./visit-items.ts";
import { NONE, type Visits } from "./visits.ts";

/** Of each visit: the number of its path, its own context and those of all above it. */
export function pathsOf({ caller, count }: Visits, { contextOf }: ComparedVisits): Uint32Array {
  const numbers = new Map<string, number>();
  const paths = new Uint32Array(count);
  // Who calls is numbered before whom he calls.
  for (let visit = 0; visit < count; visit++) {
    const above = caller[visit] ?? NONE;
    const key = `${above === NONE ? "" : paths[above]} ${contextOf[visit]}`;
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size));
    paths[visit] = number;
  }
  return paths;
}

/** Visits of one path, and those of them that hold what is asked for. */
interface Counts {
  before: number;
  beforeOf: number;
  during: number;
  duringOf: number;
}

/** A change of one item in one context. */
export interface AskedChange {
  readonly context: number;
  /** Null for failing by itself. */
  readonly item: number | null;
}

/** Nats of each change among visits of like paths; Infinity where most paths of the incident were never gone before. */
export function natsOnSamePaths(
  asked: readonly AskedChange[],
  visits: Visits,
  compared: ComparedVisits,
  happened: VisitItems,
): number[] {
  const paths = pathsOf(visits, compared);
  const { contextOf, stretchOf, stretches } = compared;
  const visitsOfContext = compared.contexts.map((): number[] => []);
  for (const [visit, context] of contextOf.entries())
    if (stretchOf[visit] !== NOT_COMPARED) visitsOfContext[context]?.push(visit);
  const holders = holdersOf(new Set(asked.flatMap(({ item }) => item ?? [])), happened);
  return asked.map(({ context, item }) => {
    const tellsFailure = item === null || happened.items[item]?.tellsFailure === true;
    const held = item === null ? undefined : holders.get(item);
    const byPath = new Map<number, Counts>();
    for (const visit of visitsOfContext[context] ?? []) {
      if (!tellsFailure && fails(happened, visit)) continue;
      const path = paths[visit] ?? 0;
      let counts = byPath.get(path);
      if (counts === undefined) byPath.set(path, (counts = { before: 0, beforeOf: 0, during: 0, duringOf: 0 }));
      const holds = held === undefined ? fails(happened, visit) && happened.failedBelow[visit] === 0 : held.has(visit);
      if (stretchOf[visit] === stretches) {
        counts.duringOf++;
        if (holds) counts.during++;
      } else {
        counts.beforeOf++;
        if (holds) counts.before++;
      }
    }
    return standardised([...byPath.values()]);
  });
}

function standardised(paths: readonly Counts[]): number {
  const gone = paths.filter(({ beforeOf }) => beforeOf > 0);
  const sum = (some: readonly Counts[], key: keyof Counts): number =>
    some.reduce((total, counts) => total + counts[key], 0);
  const duringOf = sum(gone, "duringOf");
  if (duringOf * 2 < sum(paths, "duringOf")) return Infinity;
  const expected = gone.reduce((total, { before, beforeOf, duringOf: n }) => total + (n * before) / beforeOf, 0);
  const beforeOf = sum(
    gone.filter(({ duringOf: n }) => n > 0),
    "beforeOf",
  );
  return shareRatio(sum(gone, "during"), duringOf, duringOf === 0 ? 0 : (expected / duringOf) * beforeOf, beforeOf);
}

/** By item: the visits that hold it. */
function holdersOf(items: ReadonlySet<number>, { occurrences }: VisitItems): ReadonlyMap<number, ReadonlySet<number>> {
  const holders = new Map<number, Set<number>>([...items].map((item) => [item, new Set()]));
  for (let at = 0; at < occurrences.count; at++)
    holders.get(occurrences.item[at] ?? 0)?.add(occurrences.visit[at] ?? 0);
  return holders;
}
