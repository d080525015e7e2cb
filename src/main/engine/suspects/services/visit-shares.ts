/**
 * Visits counted by context and stretch of time: how many there are, how many fail, how many hold each item. A context
 * is an operation of a service for one caller, so that another mix of requests changes no share.
 */
import { type ComparedVisits, NOT_COMPARED, type VisitContext } from "./compared-visits.ts";
import { fails, type VisitItems } from "./visit-items.ts";

/** Counts by stretch of the reference; the last is the incident. */
export interface Context extends VisitContext {
  readonly visits: Float64Array;
  /** Visits that tell of no failure. */
  readonly sound: Float64Array;
  /** Visits that fail, and call none that does. */
  readonly failed: Float64Array;
  /** By number of the item: sound visits that hold it; of an item that tells of a failure, failed ones. */
  readonly items: Map<number, Float64Array>;
}

export interface Comparison extends ComparedVisits {
  readonly contexts: readonly Context[];
  /** One number for an item in a context; null for failing by itself, whatever is logged. */
  readonly codeOf: (context: number, item: number | null) => number;
}

export function visitShares(compared: ComparedVisits, happened: VisitItems): Comparison {
  const { contextOf, stretchOf, stretches } = compared;
  const contexts = compared.contexts.map((context) => emptyContext(context, stretches + 1));
  for (let visit = 0; visit < contextOf.length; visit++) {
    const stretch = stretchOf[visit] ?? NOT_COMPARED;
    const context = contexts[contextOf[visit] ?? 0];
    if (context === undefined || stretch === NOT_COMPARED) continue;
    increment(context.visits, stretch);
    if (!fails(happened, visit)) increment(context.sound, stretch);
    else if (happened.failedBelow[visit] === 0) increment(context.failed, stretch);
  }
  const { occurrences } = happened;
  for (let at = 0; at < occurrences.count; at++) {
    const visit = occurrences.visit[at] ?? 0;
    const item = occurrences.item[at] ?? 0;
    const stretch = stretchOf[visit] ?? NOT_COMPARED;
    const context = contexts[contextOf[visit] ?? 0];
    if (stretch === NOT_COMPARED || context === undefined) continue;
    // A visit that fails does and leaves out much else: that is told once, by its failure.
    if (fails(happened, visit) !== (happened.items[item]?.tellsFailure === true)) continue;
    let counts = context.items.get(item);
    if (counts === undefined) context.items.set(item, (counts = new Float64Array(stretches + 1)));
    increment(counts, stretch);
  }
  const width = happened.items.length + 1;
  return { ...compared, contexts, codeOf: (context, item) => context * width + (item === null ? 0 : item + 1) };
}

const emptyContext = (context: VisitContext, length: number): Context => ({
  ...context,
  visits: new Float64Array(length),
  sound: new Float64Array(length),
  failed: new Float64Array(length),
  items: new Map(),
});

function increment(counts: Float64Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
