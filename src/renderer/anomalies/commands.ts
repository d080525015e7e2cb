/** Keys of the anomalies: from one to the next everywhere, the chart's own in their view. */
import type { Command } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { readAnomalies, rangeAround, showOnTimeline, stepAnomaly, useAnomalies } from "./store.ts";
import type { Anomaly } from "./ranking.ts";

const hasAnomalies = (): boolean => (useCase.getState().info?.anomalies ?? 0) > 0;

export const globalCommands: readonly Command[] = [
  {
    id: "anomalies.next",
    title: "Next anomaly",
    group: "Go to",
    keys: ["]"],
    when: hasAnomalies,
    run: () => attempt(() => stepAnomaly(1)),
  },
  {
    id: "anomalies.previous",
    title: "Previous anomaly",
    group: "Go to",
    keys: ["["],
    when: hasAnomalies,
    run: () => attempt(() => stepAnomaly(-1)),
  },
];

const isCharted = (): boolean => useAnomalies.getState().charted?.type === "anomaly";

async function withCharted(act: (anomaly: Anomaly) => void | Promise<void>): Promise<void> {
  const { charted } = useAnomalies.getState();
  if (charted?.type !== "anomaly") return;
  const anomaly = (await readAnomalies()).find(({ id }) => id === charted.id);
  if (anomaly !== undefined) await act(anomaly);
}

export const viewCommands: readonly Command[] = [
  {
    id: "anomalies.timeline",
    title: "Show the anomaly on the timeline",
    group: "Go to",
    keys: ["g"],
    when: isCharted,
    run: () => attempt(() => withCharted(showOnTimeline)),
  },
  {
    id: "anomalies.zoom",
    title: "Zoom to the anomaly",
    group: "Timeline",
    keys: ["z"],
    when: isCharted,
    run: () => attempt(() => withCharted((anomaly) => useAnomalies.setState({ range: rangeAround(anomaly) }))),
  },
  {
    id: "anomalies.fit",
    title: "Show the whole series",
    group: "Timeline",
    keys: ["f"],
    run: () => useAnomalies.setState({ range: null }),
  },
  {
    id: "anomalies.table",
    title: "Chart or table",
    group: "List",
    run: () => useAnomalies.setState(({ asTable }) => ({ asTable: !asTable })),
  },
];
