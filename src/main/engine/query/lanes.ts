// The events of each lane that overlap the range and fit the filter; the gravest ones where there are too many to draw.
import type { Selection } from "../../../shared/contract.ts";
import { LANE_OF_KIND, LANES, type IncidentEvent, type Lane } from "../../../shared/model/event.ts";
import { severityRank } from "../../../shared/model/severity.ts";
import type { EventTest } from "./event-filter.ts";

export interface LaneEvents {
  readonly lane: Lane;
  readonly total: number;
  /** In the order of time. */
  readonly events: readonly IncidentEvent[];
}

export function lanes(
  events: readonly IncidentEvent[],
  fits: EventTest,
  { from, to }: Selection,
  limit: number,
): LaneEvents[] {
  const byLane = new Map<Lane, IncidentEvent[]>(LANES.map((lane) => [lane, []]));
  for (const event of events) {
    const isInside = (to === null || event.time < to) && (from === null || (event.endTime ?? event.time) >= from);
    if (isInside && fits(event)) byLane.get(LANE_OF_KIND[event.kind])?.push(event);
  }
  return [...byLane].map(([lane, found]) => ({ lane, total: found.length, events: gravest(found, limit) }));
}

function gravest(events: readonly IncidentEvent[], limit: number): readonly IncidentEvent[] {
  if (events.length <= limit) return events;
  const chosen = events
    .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity) || a.time - b.time)
    .slice(0, limit);
  return chosen.sort((a, b) => a.time - b.time || a.id - b.id);
}
