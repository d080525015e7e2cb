/** The chart: histogram, axis, lanes and metric strip over one axis of time. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { LaneEvent } from "../../shared/contract.ts";
import type { Lane } from "../../shared/model/event.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { formatCompact, formatCount, formatCountOf } from "../../shared/text/number.ts";
import { formatDate } from "../../shared/text/time.ts";
import { offsetLabel, offsetMinutes } from "../../shared/text/zone.ts";
import { useCase } from "../state/case.ts";
import { useFocus } from "../state/focus.ts";
import { useLayout, useShownTheme } from "../state/layout.ts";
import { useCompared } from "../state/compared.ts";
import { useOnset } from "../state/onset.ts";
import { useSelection, type TimeRange } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { LANE_ABOUT, LANE_NAME } from "../ui/event-kind.ts";
import { Breakable } from "../ui/breakable.tsx";
import { Picker } from "../ui/picker.tsx";
import { highest, roundUp } from "./buckets.ts";
import { useHistogram, useLanes, useStrip } from "./data.ts";
import { useChartMenu } from "./chart-menu.ts";
import { drawChart } from "./draw.ts";
import { drawPointer } from "./draw-pointer.ts";
import { EventList, selectEvent, shownIn } from "./event-list.tsx";
import { FarRecords } from "./far-records.tsx";
import { layoutChart, LANE } from "./layout.ts";
import { countIn, layoutMarks, type LaneEvents, type Mark } from "./marks.ts";
import { textWidth } from "../ui/text-width.ts";
import { paletteOf } from "./palette.ts";
import { usePointer } from "./pointer.ts";
import { chooseSeries, seriesId, seriesTitle } from "./series.ts";
import { panBy, useExtent, useHomeWindow, zoomBy } from "./store.ts";
import { useSurface } from "./surface.ts";
import { timeTicks } from "./ticks.ts";

/** Pixels that a tick with its label needs. */
const TICK_PIXELS = 92;

export function Chart(): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const theme = useShownTheme((state) => state.shown);
  const hasSamples = useCase((state) => (state.info?.samples ?? 0) > 0);
  const stripOpen = useLayout((state) => state.stripOpen) && hasSamples;
  const zone = useZone((state) => state.zone);
  const brush = useSelection((state) => state.brush);
  const extent = useExtent();
  const home = useHomeWindow();
  const zoom = useSelection((state) => state.window);
  const window = zoom ?? home;
  const isParted = useCase((state) => (state.info?.main ?? null) !== null);
  const isPart = zoom !== null || isParted;
  const selected = useFocus(({ focus }) => (focus?.type === "event" ? focus.id : null));

  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: node.clientWidth, height: node.clientHeight }));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);

  const layout = useMemo(() => layoutChart(size.width, size.height, stripOpen), [size, stripOpen]);
  const pixels = layout.right - layout.left;
  const palette = paletteOf(theme);
  const histogram = useHistogram(window, extent, pixels);
  const lanes = useLanes(window, isPart);
  const strip = useStrip(stripOpen, window, pixels);
  const scale = useMemo(
    () => ({ window: window ?? { from: 0, to: 1 }, left: layout.left, right: layout.right }),
    [window, layout],
  );
  const marks = useMemo(() => {
    const measure = (text: string): number => textWidth(palette.smallFont, text);
    return new Map<Lane, readonly Mark[]>(
      (lanes.data ?? []).map(({ lane, events }) => [lane, layoutMarks(events, scale, measure)]),
    );
  }, [lanes.data, scale, palette]);
  const ticks = useMemo(
    () => (window === null ? [] : timeTicks(window, pixels / TICK_PIXELS, zone)),
    [window, pixels, zone],
  );
  const top = histogram.data === null || window === null ? 1 : roundUp(highest(histogram.data, window));

  const [chartRef] = useSurface((context) => {
    if (size.width === 0) return;
    drawChart(context, {
      layout,
      scale,
      palette,
      ticks,
      histogram: window === null ? null : histogram.data,
      top,
      lanes: marks,
      strip: strip.data,
      selected,
    });
  });

  const menu = useChartMenu({ element, layout, scale, marks });
  const pointer = usePointer({ element, layout, scale, marks, enabled: window !== null });
  const [aboveRef, redraw] = useSurface((context) => {
    if (size.width === 0 || window === null) return;
    const { hoverTime, listTime, focusTime } = useFocus.getState();
    const { over, mark, dragged } = pointer.state;
    drawPointer(context, {
      layout,
      scale,
      palette,
      histogram: histogram.data,
      strip: strip.data,
      brush: dragged ?? brush,
      hoverTime,
      readout: over,
      hoverMark: mark,
      listTime,
      focusTime,
      onset: useOnset.getState().onset,
      compared: useCompared.getState(),
      zone,
    });
  });
  useEffect(() => useFocus.subscribe(redraw), [redraw]);
  useEffect(() => useOnset.subscribe(redraw), [redraw]);
  useEffect(() => useCompared.subscribe(redraw), [redraw]);
  useEffect(() => pointer.subscribe(redraw), [pointer, redraw]);

  const allEvents = useMemo(() => (lanes.data ?? []).flatMap(({ events }) => events), [lanes.data]);
  const laneCounts = new Map(lanes.data?.map((one) => [one.lane, laneCount(one, isPart ? window : null)]));
  return (
    <div
      ref={element}
      className="chart"
      role="group"
      aria-label={`Timeline, ${histogram.data === null ? "counting" : formatCountOf(histogram.data.total, "record")}`}
      aria-busy={histogram.loading}
      tabIndex={0}
      data-main
      data-menu={menu}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
        if (moveByKey(event.key, allEvents, window)) event.preventDefault();
      }}
    >
      <canvas ref={chartRef} aria-hidden />
      <canvas ref={aboveRef} aria-hidden />
      {window !== null && (
        <div className="chart-zone" style={{ top: layout.axis.top, height: layout.axis.height }}>
          {formatDate(window.from, zone)} <strong>{offsetLabel(offsetMinutes(window.from / 1000, zone))}</strong>
        </div>
      )}
      {layout.lanes.map(({ lane, top: laneTop, height }) => (
        <div
          key={lane}
          className={laneCounts.get(lane)?.count === 0 ? "lane-name none" : "lane-name"}
          title={LANE_ABOUT[lane]}
          style={{ top: laneTop, height, lineHeight: `${Math.min(height, LANE)}px` }}
        >
          <span>{LANE_NAME[lane]}</span>
          <span className="lane-count">{laneCounts.get(lane)?.text ?? ""}</span>
        </div>
      ))}
      {layout.strip !== null && (
        <div className="strip-name" style={{ top: layout.strip.top, height: layout.strip.height }}>
          {strip.shown === null ? (
            <span className="none">No metrics</span>
          ) : (
            <>
              <Picker
                label={`Metric series: ${seriesTitle(strip.shown)}`}
                className="strip-picker"
                shown={<Breakable name={strip.shown.name} />}
                placeholder="Series or service"
                value={seriesId(strip.shown)}
                choices={(typed) =>
                  strip.all
                    .filter((one) => seriesTitle(one).toLowerCase().includes(typed.toLowerCase()))
                    .slice(0, 100)
                    .map((one) => ({
                      id: seriesId(one),
                      title: seriesTitle(one),
                      aside:
                        one.anomalies > 0
                          ? formatCountOf(one.anomalies, "anomaly", "anomalies")
                          : formatCount(one.samples),
                    }))
                }
                onChoose={(id) => {
                  const chosen = strip.all.find((one) => seriesId(one) === id);
                  if (chosen !== undefined) chooseSeries({ service: chosen.service, name: chosen.name });
                }}
              />
              <span className="strip-service">{visibleLine(strip.shown.service ?? "")}</span>
            </>
          )}
        </div>
      )}
      {window === null ? <ChartWithoutTimes /> : <FarRecords window={window} zone={zone} />}
      {histogram.failure !== null && <p className="chart-failure">{histogram.failure.message}</p>}
      <EventList lanes={allEvents} window={window} selected={selected} zone={zone} />
    </div>
  );
}

function ChartWithoutTimes(): ReactNode {
  const reading = useCase((state) => (state.info?.reading ?? 0) > 0);
  const records = useCase((state) => state.info?.records ?? 0);
  return (
    <p className="chart-empty">
      {reading
        ? "Bars appear here with the first records."
        : records === 0
          ? "Records stand here by their time."
          : "No record of this case has a time. The list below holds them all."}
    </p>
  );
}

/** All of the case's are told of exactly; of a part of it, those that came. */
function laneCount(lane: LaneEvents, zoom: TimeRange | null): { readonly count: number; readonly text: string } {
  const { count, isLeast } = zoom === null ? { count: lane.total, isLeast: false } : countIn(lane, zoom);
  return { count, text: `${formatCompact(count)}${isLeast ? "+" : ""}` };
}

const PAN = 0.15;
const ZOOM = 0.7;

/** True when the key meant something to the chart. Up and down step through the events in time order. */
function moveByKey(key: string, events: readonly LaneEvent[], window: TimeRange | null): boolean {
  const step = (direction: 1 | -1): void => {
    const ordered = shownIn(events, window);
    const { focus } = useFocus.getState();
    const at = focus?.type === "event" ? ordered.findIndex(({ id }) => id === focus.id) : -1;
    const next = ordered[at < 0 ? (direction === 1 ? 0 : ordered.length - 1) : at + direction];
    if (next !== undefined) selectEvent(next);
  };
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => panBy(-PAN),
    ArrowRight: () => panBy(PAN),
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    "+": () => zoomBy(ZOOM),
    "-": () => zoomBy(1 / ZOOM),
  };
  const action = actions[key];
  action?.();
  return action !== undefined;
}
