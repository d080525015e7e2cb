/** What the menus of an anomaly and of a series offer. */
import { Activity, CalendarRange, ChartLine, Clock, Copy, ZoomIn } from "lucide-react";
import type { SeriesKey } from "../../shared/contract.ts";
import { copy } from "../detail/copy.ts";
import { focusGroups } from "../detail/menu.ts";
import { termActions } from "../filter/menu.ts";
import { commandPart, type MenuPart, type MenuParts } from "../menu/parts.ts";
import { attempt } from "../state/notices.ts";
import { goTo, look } from "../state/selection.ts";
import { chooseSeries } from "../timeline/series.ts";
import type { Anomaly } from "./ranking.ts";
import { showOnTimeline, showSeries, useAnomalies } from "./store.ts";

const ownTerms = ({ service, name }: SeriesKey): readonly MenuPart[] => [
  ...(service === null ? [] : termActions("service", service)),
  ...termActions("name", name),
];

export function anomalyMenu(anomaly: Anomaly): MenuParts {
  const key = { service: anomaly.service, name: anomaly.series };
  return [
    [
      { title: "Show on the timeline", icon: Clock, run: () => attempt(() => showOnTimeline(anomaly)) },
      ...commandPart("anomalies.zoom", { title: "Zoom to it", icon: ZoomIn }),
      {
        title: "Show the whole series",
        icon: ChartLine,
        run: () => {
          useAnomalies.setState({ tab: "series" });
          showSeries(key);
        },
      },
      {
        title: "Select its time",
        icon: CalendarRange,
        run: () => look({ brush: { from: anomaly.time, to: Math.max(anomaly.endTime, anomaly.time + 1) } }),
      },
    ],
    ownTerms(key),
    ...focusGroups({ type: "anomaly", id: anomaly.id }, anomaly.time),
  ];
}

export function seriesMenu(key: SeriesKey): MenuParts {
  return [
    [
      {
        title: "Draw it below the timeline",
        icon: Activity,
        run: () => {
          chooseSeries(key);
          goTo({ view: "timeline" });
        },
      },
      ...commandPart("anomalies.fit", { icon: ChartLine }),
    ],
    ownTerms(key),
    [{ title: "Copy the name", icon: Copy, run: () => copy("The name of the series", key.name) }],
  ];
}
