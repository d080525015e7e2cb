// The events of each lane that overlap the range and fit the filter, with just what a mark shows of them. Where there are
// too many to draw, those that stand for the others: a lane that is cut still tells when something happened.
import type { LaneEvent, Selection } from "../../../shared/contract.ts";
import { LANE_OF_KIND, LANES, type IncidentEvent, type Lane } from "../../../shared/model/event.ts";
import { severityRank } from "../../../shared/model/severity.ts";
import type { EventTest } from "./event-filter.ts";

export interface LaneEvents {
  readonly lane: Lane;
  readonly total: number;
  /** In the order of time. */
  readonly events: readonly LaneEvent[];
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
  return [...byLane].map(([lane, found]) => ({
    lane,
    total: found.length,
    events: spread(found, limit).map(markOf),
  }));
}

function markOf({ id, time, endTime, kind, severity, service, title, metadata }: IncidentEvent): LaneEvent {
  const count = metadata["count"];
  return { id, time, endTime, kind, severity, service, title, count: typeof count === "number" ? count : null };
}

/** The gravest of each stretch of time, then the second ones, until there are `limit`. */
function spread(events: readonly IncidentEvent[], limit: number): readonly IncidentEvent[] {
  if (events.length <= limit) return events;
  let first = Infinity;
  let last = -Infinity;
  for (const { time } of events) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  const width = (last - first + 1) / limit;
  const taken = new Map<number, number>();
  const inTurn = events
    .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity) || a.time - b.time)
    .map((event) => {
      const stretch = Math.floor((event.time - first) / width);
      const turn = taken.get(stretch) ?? 0;
      taken.set(stretch, turn + 1);
      return { event, turn };
    });
  return inTurn
    .sort((a, b) => a.turn - b.turn)
    .slice(0, limit)
    .map(({ event }) => event)
    .sort((a, b) => a.time - b.time || a.id - b.id);
}
