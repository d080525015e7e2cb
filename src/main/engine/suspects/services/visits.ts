/**
 * A visit is one service's share in one request: the spans of one service that hang together. What a service does is
 * told by its visits, whatever number of spans an instrumentation makes of them.
 */
import type { SpanSignals } from "../signals.ts";

export const NONE = 0xffffffff;

export interface Visits {
  readonly count: number;
  /** Of each span: its visit. */
  readonly of: Uint32Array;
  /** Of each visit: the row of the span that it begins with. */
  readonly entry: Uint32Array;
  /** Of each visit: the visit that called it, {@link NONE} for the first of a trace. */
  readonly caller: Uint32Array;
  /** Of each visit: the visit with which its trace begins. */
  readonly root: Uint32Array;
}

/** A span whose service is not known belongs to its parent's visit. Parents in a circle count as none. */
export function visitsOf({ count, parent, service }: SpanSignals): Visits {
  const of = new Uint32Array(count).fill(NONE);
  const entry: number[] = [];
  const caller: number[] = [];
  const root: number[] = [];
  const path: number[] = [];
  for (let first = 0; first < count; first++) {
    // Up to a span whose visit is known, and down again: parents may start after their children where clocks differ.
    let row = first;
    while (row !== NONE && of[row] === NONE) {
      of[row] = PENDING;
      path.push(row);
      row = parent[row] ?? NONE;
    }
    for (let span = path.pop(); span !== undefined; span = path.pop()) {
      const above = parent[span] ?? NONE;
      const known = above === NONE ? NONE : (of[above] ?? NONE);
      const callerVisit = known === PENDING ? NONE : known;
      const own = service[span] ?? NONE;
      const callerService = callerVisit === NONE ? NONE : (service[entry[callerVisit] ?? 0] ?? NONE);
      if (callerVisit !== NONE && (own === NONE || own === callerService)) {
        of[span] = callerVisit;
        continue;
      }
      const visit = entry.push(span) - 1;
      of[span] = visit;
      caller.push(callerVisit);
      root.push(callerVisit === NONE ? visit : (root[callerVisit] ?? visit));
    }
  }
  return {
    count: entry.length,
    of,
    entry: Uint32Array.from(entry),
    caller: Uint32Array.from(caller),
    root: Uint32Array.from(root),
  };
}

/** Marks spans on the way up while their visit is being found. */
const PENDING = 0xfffffffe;
