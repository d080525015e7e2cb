/** From a piece of evidence to what it speaks of: the record, the series, the trace, the moment on the timeline. */
import { call } from "../bridge.ts";
import { showSeries } from "../anomalies/store.ts";
import { runCommand } from "../commands/registry.ts";
import { focusOn, locate } from "../state/focus.ts";
import { goTo, useSelection } from "../state/selection.ts";
import type { Evidence } from "./store.ts";

/** Shown around a moment that is not in sight, on each side. */
const AROUND = 300_000_000;

/** Puts the record into the detail and its moment on the timeline, without leaving the view. */
export function showInDetail({ place, time }: Pick<Evidence, "place" | "time">): void {
  if (place !== null) focusOn({ type: "record", ref: place.record }, time);
}

export function showOnTimeline({ place, time }: Pick<Evidence, "place" | "time">): void {
  const { window } = useSelection.getState();
  const isInSight = time === null || window === null || (time >= window.from && time < window.to);
  goTo({
    view: "timeline",
    brush: null,
    ...(isInSight ? {} : { window: { from: time - AROUND, to: time + AROUND } }),
  });
  if (place !== null) {
    focusOn({ type: "record", ref: place.record }, time);
    locate({ ref: place.record });
  } else if (time !== null) locate({ time });
}

/** The series is that of the sample where it begins. */
export async function showChart({ place }: Pick<Evidence, "place">): Promise<void> {
  if (place === null) return;
  const { service, name } = await call("records.detail", { ref: place.record });
  if (name === null) return;
  goTo({ view: "anomalies" });
  showSeries({ service, name });
}

export function showTrace({ place, time }: Pick<Evidence, "place" | "time">): void {
  if (place === null) return;
  focusOn({ type: "record", ref: place.record }, time);
  runCommand("traces.open");
}
