/** What the menu of the chart offers: for the mark, the selected range and the moment under the pointer. */
import { Crosshair, Diff, Maximize2, MoveLeft, MoveRight, ScanSearch, Undo2, X, ZoomIn } from "lucide-react";
import type { RefObject } from "react";
import type { Lane } from "../../shared/model/event.ts";
import { focusGroups } from "../detail/menu.ts";
import { termActions } from "../filter/menu.ts";
import { momentActions } from "../menu/moment.ts";
import { commandPart, type MenuParts } from "../menu/parts.ts";
import { useMenu } from "../menu/places.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { useSelection, type TimeRange } from "../state/selection.ts";
import { isIn, type ChartLayout } from "./layout.ts";
import { hitMark, type Mark } from "./marks.ts";
import { showRange } from "./store.ts";
import { timeAt, type TimeScale } from "./window.ts";

interface ChartPlace {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly layout: ChartLayout;
  readonly scale: TimeScale;
  readonly marks: ReadonlyMap<Lane, readonly Mark[]>;
}

const PLACE = "timeline";

/** The name for the chart's `data-menu`. */
export function useChartMenu({ element, layout, scale, marks }: ChartPlace): string {
  useMenu(PLACE, (spot) => {
    const box = element.current?.getBoundingClientRect();
    if (box === undefined || layout.right <= layout.left) return null;
    const x = spot.x - box.left;
    const y = spot.y - box.top;
    const isOnPlot = spot.target !== element.current || (x >= layout.left && x <= layout.right);
    const band = layout.lanes.find((lane) => isIn(y, lane));
    const mark = band === undefined || !isOnPlot ? null : hitMark(marks.get(band.lane) ?? [], x);
    if (mark !== null) return markMenu(mark);
    return momentMenu(isOnPlot ? timeAt(x, scale) : middleOf(scale.window), scale.window);
  });
  return PLACE;
}

/** Of a key, or beside the plot: what is selected, or else the middle. */
const middleOf = ({ from, to }: TimeRange): number => useFocus.getState().focusTime ?? (from + to) / 2;

function markMenu({ event }: Mark): MenuParts {
  focusOn({ type: "event", id: event.id }, event.time);
  return [
    event.service === null ? [] : termActions("service", event.service),
    ...focusGroups({ type: "event", id: event.id }, event.time),
  ];
}

function momentMenu(time: number, window: TimeRange): MenuParts {
  const { brush } = useSelection.getState();
  const at = Math.floor(time);
  return [
    brush === null
      ? []
      : [
          ...commandPart("timeline.zoom-to-selection", { title: "Zoom to the selection", icon: ZoomIn }),
          ...commandPart("compare.with-before", { title: "Compare with before", icon: Diff }),
          ...commandPart("compare.explain", { title: "Explain the selection", icon: ScanSearch }),
          ...commandPart("suspects.take-brush", { title: "Find its cause", icon: Crosshair }),
          ...commandPart("timeline.clear-range", { title: "Clear the selection", icon: X }),
        ],
    momentActions(time),
    [
      {
        title: "Show from here on",
        icon: MoveRight,
        run: () => showRange({ from: at, to: window.to }),
      },
      {
        title: "Show up to here",
        icon: MoveLeft,
        run: () => showRange({ from: window.from, to: at }),
      },
      ...commandPart("timeline.fit", { title: "Show the whole time", icon: Maximize2 }),
      ...commandPart("window.back", { title: "Back", icon: Undo2 }),
    ],
  ];
}
