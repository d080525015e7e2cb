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
function pathsOf({ caller, count }: Visits, { contextOf }: ComparedVisits): Uint32Array {
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

/** Visits of one path by side. */
interface Sides {
  before: number;
  during: number;
}

/** A change of one item in one context. */
export interface AskedChange {
  readonly context: number;
  /** Null for failing by itself. */
  readonly item: number | null;
}

/**
 * Nats of each change among visits of like paths; Infinity where most paths of the incident were never gone before.
 * Cost O(visits + occurrences), and the paths of its context for each change.
 */
export function natsOnSamePaths(
  asked: readonly AskedChange[],
  visits: Visits,
  compared: ComparedVisits,
  happened: VisitItems,
): number[] {
  const paths = pathsOf(visits, compared);
  const { contextOf, stretchOf, stretches } = compared;
  const all = compared.contexts.map(() => new Counts());
  const sound = compared.contexts.map(() => new Counts());
  const failed = compared.contexts.map(() => new Counts());
  const count = (counts: Counts | undefined, visit: number): void =>
    counts?.add(paths[visit] ?? 0, stretchOf[visit] === stretches);
  for (const [visit, context] of contextOf.entries()) {
    if (stretchOf[visit] === NOT_COMPARED) continue;
    count(all[context], visit);
    if (!fails(happened, visit)) count(sound[context], visit);
    else if (happened.failedBelow[visit] === 0) count(failed[context], visit);
  }
  const width = happened.items.length;
  const held = new Map<number, Counts>();
  for (const { context, item } of asked) if (item !== null) held.set(context * width + item, new Counts());
  const { occurrences } = happened;
  for (let at = 0; at < occurrences.count; at++) {
    const visit = occurrences.visit[at] ?? 0;
    const item = occurrences.item[at] ?? 0;
    const counts = held.get((contextOf[visit] ?? 0) * width + item);
    if (counts === undefined || stretchOf[visit] === NOT_COMPARED) continue;
    // As shares are counted: of visits that fail, what tells of the failure alone.
    if (fails(happened, visit) === (happened.items[item]?.tellsFailure === true)) count(counts, visit);
  }
  return asked.map(({ context, item }) => {
    const tellsFailure = item === null || happened.items[item]?.tellsFailure === true;
    const holders = item === null ? failed[context] : held.get(context * width + item);
    return standardised((tellsFailure ? all : sound)[context] ?? new Counts(), holders ?? new Counts());
  });
}

class Counts {
  readonly byPath = new Map<number, Sides>();

  add(path: number, isIncident: boolean): void {
    let sides = this.byPath.get(path);
    if (sides === undefined) this.byPath.set(path, (sides = { before: 0, during: 0 }));
    if (isIncident) sides.during++;
    else sides.before++;
  }
}

function standardised(visits: Counts, holders: Counts): number {
  let expected = 0;
  let held = 0;
  let beforeOf = 0;
  let duringOf = 0;
  let newOf = 0;
  for (const [path, { before, during }] of visits.byPath) {
    const holding = holders.byPath.get(path) ?? NOBODY;
    if (before === 0) newOf += during;
    if (before === 0 || during === 0) continue;
    expected += (during * holding.before) / before;
    held += holding.during;
    beforeOf += before;
    duringOf += during;
  }
  if (duringOf <= newOf) return Infinity;
  return shareRatio(held, duringOf, (expected / duringOf) * beforeOf, beforeOf);
}
const NOBODY: Sides = { before: 0, during: 0 };
