/** Marks of the events in a lane: where they stand, which of them have room for their title, which one was hit. */
import type { CallOutput, LaneEvent } from "../../shared/contract.ts";
import type { EventKind } from "../../shared/model/event.ts";
import { severityRank } from "../../shared/model/severity.ts";
import type { TimeRange } from "../state/selection.ts";
import { xOf, type TimeScale } from "./window.ts";

export type LaneEvents = CallOutput<"timeline.lanes">[number];

export const isInRange = ({ time, endTime }: LaneEvent, { from, to }: TimeRange): boolean =>
  time < to && (endTime ?? time) >= from;

/** Events of a lane in the window; `isLeast` where it has more than it told of. */
export function countIn({ events, total }: LaneEvents, window: TimeRange): { count: number; isLeast: boolean } {
  let count = 0;
  for (const event of events) if (isInRange(event, window)) count += 1;
  return { count, isLeast: total > events.length };
}

export interface Mark {
  readonly event: LaneEvent;
  /** Pixels; equal for a moment. */
  readonly x0: number;
  readonly x1: number;
  /** Where its title stands, cut to `room` pixels; null where there is no room. */
  readonly label: { readonly x: number; readonly room: number } | null;
}

/** Half the width of the widest symbol, and the gap to a label. */
const SYMBOL = 6;
const GAP = 4;
/** Fewer pixels show no word of a title. */
const LEAST_LABEL = 44;
const MOST_LABEL = 260;
/** Pixels for which the title of a deploy, flag, alert or note covers lesser marks. */
const MOST_COVERING = 140;

/** Deploys, flags and alerts are what one looks for: their titles stand before those of commits. */
const URGENCY: Readonly<Record<EventKind, number>> = {
  deploy: 0,
  flag: 0,
  alert: 0,
  note: 0,
  "test-failure": 1,
  "error-burst": 1,
  "metric-anomaly": 1,
  "failed-trace": 1,
  "slow-trace": 2,
  "warning-burst": 2,
  "ci-run": 3,
  commit: 3,
};

const isSeen = (x0: number, x1: number, { left, right }: TimeScale): boolean =>
  x1 >= left - SYMBOL && x0 <= right + SYMBOL;

/** Marks in the window, in time order. @param measure width of a title in pixels. */
export function layoutMarks(
  events: readonly LaneEvent[],
  scale: TimeScale,
  measure: (text: string) => number,
): readonly Mark[] {
  const placed = events
    .map((event) => ({ event, x0: xOf(event.time, scale), x1: xOf(event.endTime ?? event.time, scale) }))
    .filter(({ x0, x1 }) => isSeen(x0, x1, scale))
    .sort((a, b) => a.x0 - b.x0);
  /** Where the next mark begins that a label must not cover: one of at least its own urgency, or any within reach. */
  const limitOf = (at: number, x: number, urgency: number): number => {
    for (let next = at + 1; next < placed.length; next += 1) {
      const other = placed[next];
      if (other === undefined || other.x0 > x + MOST_COVERING) break;
      if (URGENCY[other.event.kind] <= urgency) return other.x0 - SYMBOL - GAP;
    }
    // Lesser marks are covered only as far as a title needs to be known by.
    const lesser = placed[at + 1];
    if (lesser === undefined || lesser.x0 - SYMBOL - GAP > x + MOST_COVERING) {
      return lesser === undefined ? scale.right : lesser.x0 - SYMBOL - GAP;
    }
    return urgency === 0 ? x + MOST_COVERING : lesser.x0 - SYMBOL - GAP;
  };
  const order = placed.map((_, at) => at).sort((a, b) => rank(placed[a]?.event) - rank(placed[b]?.event) || a - b);
  const labels = new Map<number, { readonly x: number; readonly room: number }>();
  const isTaken = (x: number): boolean => {
    for (const other of labels.values()) if (x >= other.x && x <= other.x + other.room + GAP) return true;
    return false;
  };
  for (const at of order) {
    const mark = placed[at];
    if (mark === undefined) continue;
    const x = Math.max(mark.x0, scale.left) + SYMBOL + GAP;
    // A title that covers lesser marks covers where theirs would stand too.
    if (isTaken(x)) continue;
    const limit = Math.min(limitOf(at, x, URGENCY[mark.event.kind]), scale.right);
    const room = Math.min(limit - x, MOST_LABEL);
    const wanted = Math.ceil(measure(mark.event.title));
    if (room >= Math.min(LEAST_LABEL, wanted)) labels.set(at, { x, room: Math.min(room, wanted) });
  }
  return placed.map(({ event, x0, x1 }, at) => ({ event, x0, x1, label: labels.get(at) ?? null }));
}

const rank = (event: LaneEvent | undefined): number =>
  event === undefined ? 0 : URGENCY[event.kind] * 10 + severityRank(event.severity);

/** Pixels beside a mark that still hit it. */
const REACH = 7;

/** The mark under the pointer: the nearest moment, or the shortest stretch around it. */
export function hitMark(marks: readonly Mark[], x: number): Mark | null {
  let best: Mark | null = null;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const mark of marks) {
    const distance = x < mark.x0 ? mark.x0 - x : x > mark.x1 ? x - mark.x1 : 0;
    const inLabel = mark.label !== null && x >= mark.label.x && x <= mark.label.x + mark.label.room;
    if (distance > REACH && !inLabel) continue;
    // A moment beside the pointer is meant rather than the long stretch under it.
    const score = (inLabel ? Math.min(distance, REACH) : distance) * 3 + (mark.x1 - mark.x0);
    if (score < bestScore) {
      best = mark;
      bestScore = score;
    }
  }
  return best;
}

/** Cuts a text to a width with an ellipsis; by halving, for measuring costs. */
export function cut(text: string, room: number, measure: (text: string) => number): string {
  if (measure(text) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, middle)}…`) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : `${text.slice(0, low).trimEnd()}…`;
}

/** Opacity and height of a burst grow with the logarithm of its count: one to a million stay apart. */
export function burstWeight(event: LaneEvent): number {
  const size = Math.max(1, event.count ?? 1);
  return Math.min(1, 0.35 + Math.log10(size) * 0.16);
}
