/**
 * Which visits are held against which: those of one context, that is, of one operation of a service for one caller, in
 * the stretches of the reference and in the incident.
 */
import type { SpanSignals, Windows } from "../signals.ts";
import { Stretches } from "./stretches.ts";
import { NONE, type Visits } from "./visits.ts";

export interface VisitContext {
  readonly service: number;
  readonly operation: number;
}

export interface ComparedVisits {
  readonly contexts: readonly VisitContext[];
  /** Of each visit. */
  readonly contextOf: Uint32Array;
  /** Of each visit; {@link NOT_COMPARED} outside of both windows. */
  readonly stretchOf: Uint8Array;
  /** Stretches of the reference; the incident has this number. */
  readonly stretches: number;
}

/** Stretches of the reference are put together to so many, to learn how much shares move by themselves. */
const MOST_STRETCHES = 8;
export const NOT_COMPARED = 0xff;

export function comparedVisits(spans: SpanSignals, windows: Windows, visits: Visits): ComparedVisits {
  const { entry, count } = visits;
  const starts = Float64Array.from(entry, (row) => spans.start[row] ?? 0);
  const written = new Stretches(starts, windows);
  const stretches = Math.max(1, Math.min(written.count, MOST_STRETCHES));
  const stretchOf = new Uint8Array(count).fill(NOT_COMPARED);
  for (let visit = 0; visit < count; visit++) {
    const stretch = written.of(starts[visit] ?? 0);
    if (stretch !== null) stretchOf[visit] = stretch === written.count ? stretches : stretch % stretches;
  }
  return { ...contextsOf(spans, visits), stretchOf, stretches };
}

function contextsOf(
  { service: services, operation: operations }: SpanSignals,
  { entry, caller, count }: Visits,
): Pick<ComparedVisits, "contexts" | "contextOf"> {
  const contexts: VisitContext[] = [];
  const numbers = new Map<string, number>();
  const contextOf = new Uint32Array(count);
  for (let visit = 0; visit < count; visit++) {
    const row = entry[visit] ?? 0;
    const above = caller[visit] ?? NONE;
    const service = services[row] ?? NONE;
    const operation = operations[row] ?? 0;
    const callerService = above === NONE ? NONE : (services[entry[above] ?? 0] ?? NONE);
    const key = `${service} ${operation} ${callerService}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = contexts.push({ service, operation }) - 1;
      numbers.set(key, number);
    }
    contextOf[visit] = number;
  }
  return { contexts, contextOf };
}
