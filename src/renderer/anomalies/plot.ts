/** Sets up uPlot: axes in the chosen zone and unit, colours of the theme, a drag that zooms, a pointer that is told. */
import uPlot from "uplot";
import { formatShortDate } from "../../shared/text/time.ts";
import type { TimeRange } from "../state/selection.ts";
import { chartColours } from "./chart-colours.ts";
import { drawAbove, drawBehind, type Marks } from "./chart-marks.ts";
import { bandOf, valueExtent, type Drawn } from "./series-data.ts";
import { tickLabel, tickStep, timeTicks } from "./time-ticks.ts";
import type { MetricUnit } from "../../shared/model/metric-unit.ts";
import { formatWithUnit } from "../format/unit.ts";

/** What the plot draws now; read anew with every redraw. */
export interface PlotState {
  readonly data: Drawn;
  readonly range: TimeRange;
  readonly marks: Marks;
  readonly unit: MetricUnit;
  readonly zone: string;
}

export interface PlotEvents {
  readonly state: () => PlotState;
  readonly zoom: (range: TimeRange) => void;
  readonly reset: () => void;
  /** Index into the data; null when the pointer left. */
  readonly hover: (index: number | null) => void;
}

const TICK_WIDTH = 88;
const VALUE_AXIS_WIDTH = 68;
const VALUE_SPACING = 56;
/** Samples further apart than this many pixels are shown as points too. */
const POINT_SPACING = 8;

const alignedData = ({ data }: PlotState): uPlot.AlignedData => [[...data.times], [...data.values]];

export function createPlot(element: HTMLElement, width: number, height: number, events: PlotEvents): uPlot {
  const { state } = events;
  const colour = (name: "text3" | "line" | "curve") => (): string => chartColours()[name];
  const most = (plot: uPlot): number => Math.max(2, Math.floor(plot.bbox.width / devicePixelRatio / TICK_WIDTH));
  const options: uPlot.Options = {
    width,
    height,
    padding: [8, 24, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [state().range.from, state().range.to] },
      y: {
        range: () => {
          const { data, marks, range } = state();
          const values = data.values.filter((_, at) => isWithin(data.times[at] ?? Number.NaN, range));
          const extent = valueExtent(values, marks.anomaly === null ? null : bandOf(marks.anomaly));
          return [extent.least, extent.most];
        },
      },
    },
    axes: [
      {
        stroke: colour("text3"),
        font: chartColours().font,
        size: 28,
        gap: 4,
        grid: { stroke: colour("line"), width: 1 },
        ticks: { show: false },
        splits: (plot, _axis, from, to) => [...timeTicks(from, to, most(plot), state().zone)],
        values: (plot, splits) => {
          const { range, zone } = state();
          const step = tickStep(range.to - range.from, most(plot));
          return splits.map((time) => tickLabel(time, step, zone));
        },
      },
      {
        stroke: colour("text3"),
        font: chartColours().font,
        size: VALUE_AXIS_WIDTH,
        space: VALUE_SPACING,
        gap: 6,
        grid: { stroke: colour("line"), width: 1 },
        ticks: { show: false },
        values: (_plot, splits) => splits.map((value) => formatWithUnit(value, state().unit)),
      },
    ],
    series: [
      {},
      {
        stroke: colour("curve"),
        width: 1.5,
        points: {
          size: 5,
          stroke: colour("curve"),
          fill: colour("curve"),
          show: (plot, _series, first, last) => plot.bbox.width / devicePixelRatio / (last - first + 1) > POINT_SPACING,
        },
      },
    ],
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 4 },
      points: { size: 7, stroke: colour("curve"), fill: () => chartColours().surface, width: 2 },
      bind: { dblclick: () => () => (events.reset(), null) },
    },
    hooks: {
      drawClear: [(plot) => drawBehind(plot, state().marks, chartColours())],
      draw: [(plot) => drawAbove(plot, state().marks, chartColours())],
      setCursor: [
        (plot) =>
          events.hover(plot.cursor.left === undefined || plot.cursor.left < 0 ? null : (plot.cursor.idx ?? null)),
      ],
      setSelect: [
        (plot) => {
          const { left, width: wide } = plot.select;
          if (wide < 1) return;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          events.zoom({ from: Math.floor(plot.posToVal(left, "x")), to: Math.ceil(plot.posToVal(left + wide, "x")) });
        },
      ],
    },
  };
  return new uPlot(options, alignedData(state()), element);
}

export const showState = (plot: uPlot, state: PlotState): void => plot.setData(alignedData(state));

const isWithin = (time: number, { from, to }: TimeRange): boolean => time >= from && time <= to;

/** The day or days on the axis, which its clocks do not say. */
export function daysOf({ from, to }: TimeRange, zone: string): string {
  const first = formatShortDate(from, zone);
  const last = formatShortDate(to, zone);
  return first === last ? first : `${first} – ${last}`;
}
