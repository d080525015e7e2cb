/**
 * Visits counted by context and stretch of time: how many there are, how many fail, how many hold each item. A context
 * is an operation of a service for one caller, so that another mix of requests changes no share.
 */
import type { Signals, Windows } from "../signals.ts";
import { Stretches } from "./stretches.ts";
import type { VisitItems } from "./visit-items.ts";
import { NONE, type Visits } from "./visits.ts";

/** Counts by stretch of the reference; the last is the incident. */
export interface Context {
  readonly service: number;
  readonly operation: number;
  readonly visits: Float64Array;
  /** Visits that tell of no failure. */
  readonly sound: Float64Array;
  /** Visits that fail, and call none that does. */
  readonly failed: Float64Array;
  /** By number of the item: sound visits that hold it; of an item that tells of a failure, failed ones. */
  readonly items: Map<number, Float64Array>;
}

export interface Comparison {
  readonly contexts: readonly Context[];
  /** Of each visit. */
  readonly contextOf: Uint32Array;
  /** Of each visit; {@link NOT_COMPARED} outside of both windows. */
  readonly stretchOf: Uint8Array;
  /** Stretches of the reference; the incident has this number. */
  readonly stretches: number;
  /** One number for an item in a context; null for failing by itself, whatever is logged. */
  readonly codeOf: (context: number, item: number | null) => number;
}

/** Stretches of the reference are put together to so many, to learn how much shares move by themselves. */
const MOST_STRETCHES = 8;
export const NOT_COMPARED = 0xff;

export function visitShares({ spans }: Signals, windows: Windows, visits: Visits, happened: VisitItems): Comparison {
  const { entry, count } = visits;
  const starts = Float64Array.from(entry, (row) => spans.start[row] ?? 0);
  const written = new Stretches(starts, windows);
  const stretches = Math.max(1, Math.min(written.count, MOST_STRETCHES));
  const stretchOf = new Uint8Array(count).fill(NOT_COMPARED);
  for (let visit = 0; visit < count; visit++) {
    const stretch = written.of(starts[visit] ?? 0);
    if (stretch !== null) stretchOf[visit] = stretch === written.count ? stretches : stretch % stretches;
  }
  const { contexts, contextOf } = contextsOf(spans, visits, stretches + 1);
  for (let visit = 0; visit < count; visit++) {
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
  return {
    contexts,
    contextOf,
    stretchOf,
    stretches,
    codeOf: (context, item) => context * width + (item === null ? 0 : item + 1),
  };
}

const fails = ({ failedAt }: VisitItems, visit: number): boolean => !Number.isNaN(failedAt[visit] ?? Number.NaN);

function contextsOf(
  spans: Signals["spans"],
  { entry, caller, count }: Visits,
  length: number,
): { contexts: Context[]; contextOf: Uint32Array } {
  const contexts: Context[] = [];
  const numbers = new Map<string, number>();
  const contextOf = new Uint32Array(count);
  for (let visit = 0; visit < count; visit++) {
    const row = entry[visit] ?? 0;
    const above = caller[visit] ?? NONE;
    const service = spans.service[row] ?? NONE;
    const operation = spans.operation[row] ?? 0;
    const callerService = above === NONE ? NONE : (spans.service[entry[above] ?? 0] ?? NONE);
    const key = `${service} ${operation} ${callerService}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = contexts.push(emptyContext(service, operation, length)) - 1;
      numbers.set(key, number);
    }
    contextOf[visit] = number;
  }
  return { contexts, contextOf };
}

const emptyContext = (service: number, operation: number, length: number): Context => ({
  service,
  operation,
  visits: new Float64Array(length),
  sound: new Float64Array(length),
  failed: new Float64Array(length),
  items: new Map(),
});

function increment(counts: Float64Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
