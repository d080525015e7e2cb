/** The events of the timeline as a list, for those who do not see the marks; the keyboard steps through them too. */
import { memo, useMemo, type ReactNode } from "react";
import type { LaneEvent } from "../../shared/contract.ts";
import { EVENT_NAME } from "../../shared/text/event-name.ts";
import { formatClock } from "../../shared/text/time.ts";
import { focusOn, locate } from "../state/focus.ts";
import type { TimeRange } from "../state/selection.ts";
import { SEVERITY_NAME } from "../ui/severity.tsx";
import { usePaced } from "../ui/use-paced.ts";
import { isInRange } from "./marks.ts";

export function selectEvent(event: Pick<LaneEvent, "id" | "time">): void {
  focusOn({ type: "event", id: event.id }, event.time);
  locate({ ref: `e${event.id}` });
}

/** Marks that a screen reader is told of. */
const READ_OUT = 200;
/** A list of buttons is too much for every frame of a pan. */
const READ_OUT_PACE_MS = 250;

interface EventListProps {
  readonly lanes: readonly LaneEvent[];
  readonly window: TimeRange | null;
  /** Id of the event in focus. */
  readonly selected: number | null;
  readonly zone: string;
}

export function EventList({ lanes, window, selected, zone }: EventListProps): ReactNode {
  const paced = usePaced(window, READ_OUT_PACE_MS);
  const chosen = selected === null ? undefined : lanes.find(({ id }) => id === selected);
  const items = useMemo(
    () =>
      shownIn(lanes, paced)
        .slice(0, READ_OUT)
        .map((event) => <EventItem key={event.id} id={event.id} time={event.time} words={inWords(event, zone)} />),
    [lanes, paced, zone],
  );
  return (
    <div className="visually-hidden">
      <p aria-live="polite">{chosen === undefined ? "" : inWords(chosen, zone)}</p>
      <ol aria-label="Events of the timeline">{items}</ol>
    </div>
  );
}

/** A case that grows brings the same events again and again. */
const EventItem = memo(function EventItem({ id, time, words }: Pick<LaneEvent, "id" | "time"> & { words: string }) {
  return (
    <li>
      <button type="button" tabIndex={-1} onClick={() => selectEvent({ id, time })}>
        {words}
      </button>
    </li>
  );
});

const inWords = ({ time, kind, severity, title }: LaneEvent, zone: string): string =>
  `${formatClock(time, zone, 0)} ${EVENT_NAME[kind]}, ${SEVERITY_NAME[severity]}: ${title}`;

/** Those on the screen, in the order of time. */
export const shownIn = (events: readonly LaneEvent[], window: TimeRange | null): readonly LaneEvent[] =>
  events.filter((event) => window === null || isInRange(event, window)).sort((a, b) => a.time - b.time || a.id - b.id);
