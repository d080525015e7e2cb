/**
 * People keep logs and traces of what hurt, and metrics of all day: where that is so, the incident is looked for in what
 * they kept.
 */
import type { Signals } from "../signals.ts";
import { lastPart } from "../services/likely-windows.ts";
import type { Departure } from "./departure.ts";
import { keptExtentOf, type Extent } from "./departures.ts";

/** Logs and traces of more than this share of all time were not kept of the incident alone. */
const SHORT = 0.5;
/** The beginning of the only part tells what is normal. */
const NORMAL = 0.2;

/** The last part of what logs and traces were kept of; all of the time where they were kept of most of it, or of none. */
export function keptPart(signals: Signals, extent: Extent): Extent {
  const kept = keptExtentOf(signals);
  if (kept === null || kept.to - kept.from > (extent.to - extent.from) * SHORT) return extent;
  return { from: lastPart(signals) ?? kept.from + (kept.to - kept.from) * NORMAL, to: kept.to };
}

/** Those within the part, or all where none is. */
export function departuresWithin(departures: readonly Departure[], { from, to }: Extent): readonly Departure[] {
  const within = departures.filter(({ time }) => time >= from && time <= to);
  return within.length > 0 ? within : departures;
}
