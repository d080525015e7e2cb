/** From a trace to the timeline: a span's own record, or every record that carries the trace's id. */
import { printTerm } from "../../shared/query/print.ts";
import { focusOn, locate } from "../state/focus.ts";
import { showView } from "../state/layout.ts";
import { look, setFilter, useSelection } from "../state/selection.ts";

/** Least width of a look at one span, so that its neighbours are seen too. */
const LEAST_LOOK = 1_000_000;

export function showSpanOnTimeline(ref: string, start: number, duration: number): void {
  const { window } = useSelection.getState();
  const isInSight = window === null || (start >= window.from && start + duration < window.to);
  if (!isInSight) {
    const room = Math.max(LEAST_LOOK, duration);
    look({ window: { from: Math.floor(start - room), to: Math.ceil(start + duration + room) }, brush: null });
  } else look({ brush: null });
  focusOn({ type: "record", ref }, start);
  locate({ ref });
  showView("timeline");
}

export function showLogsOfTrace(traceId: string): void {
  setFilter(printTerm("trace", traceId));
  look({ window: null, brush: null });
  showView("timeline");
}
