/** The curve of a series with its baseline and anomalies: drag zooms, a double click shows everything. */
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import type uPlot from "uplot";
import { useShownTheme } from "../state/layout.ts";
import { useLatest } from "../ui/use-latest.ts";
import { createPlot, showState, type PlotEvents, type PlotState } from "./plot.ts";
import "uplot/dist/uPlot.min.css";

interface ChartProps extends PlotState, Omit<PlotEvents, "state"> {
  /** What the picture says, for those who do not see it. */
  readonly summary: string;
}

export function Chart(props: ChartProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useLatest(props);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const isSized = size.width > 0 && size.height > 0;

  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: node.clientWidth, height: node.clientHeight }));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const node = element.current;
    if (node === null || !isSized) return undefined;
    const made = createPlot(node, node.clientWidth, node.clientHeight, {
      state: () => latest.current,
      zoom: (range) => latest.current.zoom(range),
      reset: () => latest.current.reset(),
      hover: (index) => latest.current.hover(index),
    });
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [isSized, latest]);

  useLayoutEffect(() => {
    if (isSized) plot.current?.setSize(size);
  }, [size, isSized]);

  const { data, range, marks, unit, zone } = props;
  useEffect(() => {
    if (plot.current !== null) showState(plot.current, { data, range, marks, unit, zone });
  }, [data, range, marks, unit, zone]);

  useEffect(() => useShownTheme.subscribe(() => plot.current?.redraw(false, true)), []);

  return (
    <div className="anomaly-plot-frame">
      <div ref={element} className="anomaly-plot" role="img" aria-label={props.summary} />
    </div>
  );
}
