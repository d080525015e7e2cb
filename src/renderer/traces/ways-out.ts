/** From a trace to the timeline: a span's own record, or every record that carries the trace's id. */
import { printTerm } from "../../shared/query/print.ts";
import { focusOn, locate } from "../state/focus.ts";
import { goTo, useSelection } from "../state/selection.ts";

/** Least width of a look at one span, so that its neighbours are seen too. */
const LEAST_LOOK = 1_000_000;

export function showSpanOnTimeline(ref: string, start: number, duration: number): void {
  const { window } = useSelection.getState();
  const isInSight = window === null || (start >= window.from && start + duration < window.to);
  const room = Math.max(LEAST_LOOK, duration);
  const around = { from: Math.floor(start - room), to: Math.ceil(start + duration + room) };
  goTo({ view: "timeline", brush: null, ...(isInSight ? {} : { window: around }) });
  focusOn({ type: "record", ref }, start);
  locate({ ref });
}

export function showLogsOfTrace(traceId: string): void {
  goTo({ view: "timeline", filter: printTerm("trace", traceId), window: null, brush: null });
}
