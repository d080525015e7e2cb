/** What the chart shows beside the curve: the baseline band, the anomalies, the peak, the range of the other views. */
import type uPlot from "uplot";
import type { TimeRange } from "../state/selection.ts";
import { SEVERITY_SHAPE } from "../ui/severity.tsx";
import type { ChartColours } from "./chart-colours.ts";
import type { Anomaly } from "./ranking.ts";
import { bandOf } from "./series-data.ts";

export interface Marks {
  readonly anomaly: Anomaly | null;
  /** All anomalies of the series. */
  readonly anomalies: readonly Anomaly[];
  readonly selected: TimeRange | null;
}

/** The plotting area in canvas pixels. */
interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const areaOf = ({ bbox }: uPlot): Area => ({
  left: bbox.left,
  top: bbox.top,
  right: bbox.left + bbox.width,
  bottom: bbox.top + bbox.height,
});
const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Under the curve. */
export function drawBehind(plot: uPlot, marks: Marks, colours: ChartColours): void {
  const area = areaOf(plot);
  const { ctx } = plot;
  ctx.save();
  for (const one of marks.anomalies) {
    const left = plot.valToPos(one.time, "x", true);
    const right = plot.valToPos(one.endTime, "x", true);
    if (right < area.left || left > area.right) continue;
    const from = within(left - 1, area.left, area.right);
    const to = within(Math.max(right, left + 1) + 1, area.left, area.right);
    ctx.globalAlpha = one.id === marks.anomaly?.id ? 0.14 : 0.07;
    ctx.fillStyle = colours.severity(one.severity);
    ctx.fillRect(from, area.top, to - from, area.bottom - area.top);
  }
  if (marks.anomaly !== null) drawBand(plot, marks.anomaly, colours, area);
  ctx.restore();
}

function drawBand(plot: uPlot, anomaly: Anomaly, colours: ChartColours, area: Area): void {
  const { ctx } = plot;
  const band = bandOf(anomaly);
  if (band === null) return;
  const { least, most } = band;
  const top = within(plot.valToPos(most, "y", true), area.top, area.bottom);
  const bottom = within(plot.valToPos(least, "y", true), area.top, area.bottom);
  ctx.globalAlpha = 0.14;
  ctx.fillStyle = colours.good;
  ctx.fillRect(area.left, top, area.right - area.left, Math.max(1, bottom - top));
  ctx.globalAlpha = 0.8;
  ctx.strokeStyle = colours.good;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  const mean = plot.valToPos(anomaly.baselineMean, "y", true);
  if (mean >= area.top && mean <= area.bottom) {
    ctx.beginPath();
    ctx.moveTo(area.left, mean);
    ctx.lineTo(area.right, mean);
    ctx.stroke();
  }
}

/** Above the curve. */
export function drawAbove(plot: uPlot, marks: Marks, colours: ChartColours): void {
  const area = areaOf(plot);
  plot.ctx.save();
  if (marks.selected !== null) drawSelected(plot, marks.selected, colours, area);
  if (marks.anomaly !== null) drawPeak(plot, marks.anomaly, colours, area);
  plot.ctx.restore();
}

/** A rule at the top with ends: the range that the lists of the window follow. */
function drawSelected(plot: uPlot, { from, to }: TimeRange, colours: ChartColours, area: Area): void {
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  const left = plot.valToPos(from, "x", true);
  const right = plot.valToPos(to, "x", true);
  if (right < area.left || left > area.right) return;
  ctx.fillStyle = colours.accent;
  const start = within(left, area.left, area.right);
  ctx.fillRect(start, area.top, within(right, area.left, area.right) - start, 2 * ratio);
  for (const x of [left, right]) {
    if (x >= area.left && x <= area.right) ctx.fillRect(x - ratio / 2, area.top, ratio, area.bottom - area.top);
  }
}

const MARK = 10;
let shapes: Map<string, Path2D> | undefined;

function drawPeak(plot: uPlot, anomaly: Anomaly, colours: ChartColours, area: Area): void {
  const x = plot.valToPos(anomaly.peakTime, "x", true);
  if (x < area.left || x > area.right) return;
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  const y = within(plot.valToPos(anomaly.peakValue, "y", true), area.top, area.bottom);
  shapes ??= new Map(Object.entries(SEVERITY_SHAPE).map(([severity, outline]) => [severity, new Path2D(outline)]));
  const shape = shapes.get(anomaly.severity);
  if (shape === undefined) return;
  ctx.translate(x - (MARK / 2) * ratio, y - (MARK / 2) * ratio);
  ctx.scale((MARK / 10) * ratio, (MARK / 10) * ratio);
  ctx.lineWidth = 3;
  ctx.strokeStyle = colours.surface;
  ctx.stroke(shape);
  ctx.fillStyle = colours.severity(anomaly.severity);
  ctx.fill(shape);
}
