/** How fast each source is read, from how its bytes grow between two looks. */
import type { SourceInfo } from "../state/case.ts";

interface Look {
  readonly bytesRead: number;
  /** Milliseconds of the clock of the looks. */
  readonly at: number;
  /** Bytes a second; null until there were two looks. */
  readonly rate: number | null;
}
export type Rates = ReadonlyMap<number, Look>;

/** Looks closer together say more about the clock than about the reading. */
const SHORTEST_MS = 250;
/** Weight of the newest measure: calm enough to read, quick enough to see a stall. */
const NEWEST = 0.4;

export function nextRates(rates: Rates, sources: readonly SourceInfo[], now: number): Rates {
  const next = new Map<number, Look>();
  for (const { id, state, bytesRead } of sources) {
    if (state !== "reading") continue;
    const before = rates.get(id);
    // A source that is read again begins anew.
    if (before === undefined || bytesRead < before.bytesRead) {
      next.set(id, { bytesRead, at: now, rate: null });
    } else if (now - before.at < SHORTEST_MS) {
      next.set(id, before);
    } else {
      const measured = ((bytesRead - before.bytesRead) * 1000) / (now - before.at);
      const rate = before.rate === null ? measured : before.rate + NEWEST * (measured - before.rate);
      next.set(id, { bytesRead, at: now, rate });
    }
  }
  return next;
}
