/** The first view: the chart above, facets and the list below. */
import type { ReactNode } from "react";
import { useRegistered } from "../commands/registry.ts";
import { FacetPanel } from "../facets/panel.tsx";
import { listCommands } from "../records/commands.ts";
import { RecordList } from "../records/list.tsx";
import { Border, Pane, Panes } from "../shell/panes.tsx";
import { useFacetsOpen } from "../state/layout.ts";
import { Chart } from "./chart.tsx";
import { timelineCommands } from "./commands.ts";
import "./timeline.css";

export function TimelineView(): ReactNode {
  useRegistered(timelineCommands);
  useRegistered(listCommands);
  const facetsOpen = useFacetsOpen();
  return (
    <Panes id="timeline">
      <Pane id="chart" label="Timeline" size="46%" least={200}>
        <Chart />
      </Pane>
      <Border />
      <Pane id="rows" label="Records" least={120}>
        <Panes id="rows" across>
          {facetsOpen && (
            <Pane id="facets" label="Facets" size={196} least={140} fixed>
              <FacetPanel />
            </Pane>
          )}
          {facetsOpen && <Border across />}
          <Pane id="list" label="List" least={280}>
            <RecordList />
          </Pane>
        </Panes>
      </Pane>
    </Panes>
  );
}
