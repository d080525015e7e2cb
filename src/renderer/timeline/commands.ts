/** Commands of the timeline. */
import type { Command } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { fit } from "../state/selection.ts";
import { useRangeMenu } from "./range-menu.tsx";
import { panBy, showAllTime, zoomBy } from "./store.ts";

export const timelineCommands: readonly Command[] = [
  { id: "timeline.fit", title: "Fit the whole time", group: "Timeline", keys: ["f"], run: fit },
  {
    id: "timeline.all",
    title: "Show all of the time, far records too",
    group: "Timeline",
    keys: ["Shift+F"],
    when: () => (useCase.getState().info?.main ?? null) !== null,
    run: showAllTime,
  },
  { id: "timeline.zoom-in", title: "Zoom in", group: "Timeline", keys: ["[Shift]++", "="], run: () => zoomBy(0.7) },
  { id: "timeline.zoom-out", title: "Zoom out", group: "Timeline", keys: ["-"], run: () => zoomBy(1 / 0.7) },
  { id: "timeline.earlier", title: "Earlier", group: "Timeline", keys: ["Shift+ArrowLeft"], run: () => panBy(-0.15) },
  { id: "timeline.later", title: "Later", group: "Timeline", keys: ["Shift+ArrowRight"], run: () => panBy(0.15) },
  {
    id: "timeline.range",
    title: "Type a range of time",
    group: "Timeline",
    keys: ["r"],
    run: () => useRangeMenu.setState({ open: true }),
  },
];
