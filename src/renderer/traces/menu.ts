/** What the menus of a trace and of a span offer. */
import {
  CalendarRange,
  ChevronsDownUp,
  ChevronsUpDown,
  Clock,
  Copy,
  Diff,
  ListTree,
  Waypoints,
  ZoomIn,
} from "lucide-react";
import { copy } from "../detail/copy.ts";
import { focusGroups } from "../detail/menu.ts";
import { termActions } from "../filter/menu.ts";
import { commandPart, type MenuParts } from "../menu/parts.ts";
import { look } from "../state/selection.ts";
import { spanOf } from "./model.ts";
import { openTrace, showTracesOf, type TraceSummary } from "./store.ts";
import { select, useWaterfall } from "./waterfall-state.ts";
import { showLogsOfTrace, showSpanOnTimeline } from "./ways-out.ts";

export function traceMenu({ traceId, service, start, duration }: TraceSummary): MenuParts {
  return [
    [
      { title: "Open the trace", icon: Waypoints, run: () => openTrace(traceId) },
      { title: "Show all its records", icon: ListTree, run: () => showLogsOfTrace(traceId) },
      ...commandPart("traces.compare-current", { title: "Compare it with another", icon: Diff }),
      {
        title: "Select its time",
        icon: CalendarRange,
        run: () => look({ brush: { from: start, to: start + Math.max(1, Math.ceil(duration)) } }),
      },
    ],
    service === null
      ? []
      : [
          { title: `Only traces of ${service}`, icon: Waypoints, run: () => showTracesOf(service) },
          ...termActions("service", service),
        ],
    [{ title: "Copy the trace id", icon: Copy, run: () => copy("The trace id", traceId) }],
  ];
}

/** Selects the span: what the menu offers is about what is selected. */
export function spanMenu(index: number): MenuParts | null {
  select(index);
  const { model } = useWaterfall.getState();
  const span = spanOf(model, index);
  if (span === undefined) return null;
  const { service, name, ref, start, spanId } = span;
  return [
    [
      ...commandPart("trace.zoom", { icon: ZoomIn }),
      {
        title: "Show it on the timeline",
        icon: Clock,
        run: () => showSpanOnTimeline(ref, start, model.length[index] ?? 0),
      },
      ...commandPart("trace.expand", { icon: ChevronsUpDown }),
      ...commandPart("trace.collapse", { icon: ChevronsDownUp }),
    ],
    [...(service === null ? [] : termActions("service", service)), ...termActions("name", name)],
    ...focusGroups({ type: "record", ref }, start, {
      copies: [{ title: "Copy the span id", icon: Copy, run: () => copy("The span id", spanId ?? "") }],
    }),
  ];
}
