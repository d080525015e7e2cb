/** Draws the chart: what changes with the data below, what follows the pointer above (draw-pointer.ts). */
import type { Histogram } from "../../shared/contract.ts";
import type { Lane } from "../../shared/model/event.ts";
import { SEVERITIES } from "../../shared/model/severity.ts";
import { formatCompact } from "../../shared/text/number.ts";
import { bucketsIn, highest, stack } from "./buckets.ts";
import { drawMarks } from "./draw-marks.ts";
import type { ChartLayout } from "./layout.ts";
import type { Mark } from "./marks.ts";
import type { Palette } from "./palette.ts";
import { drawStrip, type StripData } from "./draw-strip.ts";
import { valueTicks, type Tick } from "./ticks.ts";
import { xOf, type TimeScale } from "./window.ts";

export interface ChartScene {
  readonly layout: ChartLayout;
  readonly scale: TimeScale;
  readonly palette: Palette;
  readonly ticks: readonly Tick[];
  readonly histogram: Histogram | null;
  /** Count at the top of the histogram. */
  readonly top: number;
  readonly lanes: ReadonlyMap<Lane, readonly Mark[]>;
  readonly strip: StripData | null;
  /** Id of the event in focus. */
  readonly selected: number | null;
}

/** Pixels that a bar of something grave has at least. */
const GRAVE_PIXELS = 2;

export function drawChart(context: CanvasRenderingContext2D, scene: ChartScene): void {
  const { layout, palette } = scene;
  context.clearRect(0, 0, layout.width, layout.height);
  drawGrid(context, scene);
  inPlot(context, layout, () => {
    if (scene.histogram !== null) drawHistogram(context, scene, scene.histogram);
    for (const { lane, top, height } of layout.lanes) {
      drawMarks(context, scene.lanes.get(lane) ?? [], { top, height }, scene);
    }
    if (scene.strip !== null && layout.strip !== null) drawStrip(context, scene.strip, layout.strip, scene);
  });
  drawScale(context, scene);
  context.fillStyle = palette.line;
  for (const { top } of layout.lanes) context.fillRect(0, top, layout.width, 1);
  if (layout.strip !== null) context.fillRect(0, layout.strip.top, layout.width, 1);
  context.fillRect(layout.left - 0.5, layout.histogram.top, 1, layout.height);
}

export function inPlot(context: CanvasRenderingContext2D, layout: ChartLayout, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(layout.left, 0, layout.right - layout.left, layout.height);
  context.clip();
  draw();
  context.restore();
}

function drawGrid(context: CanvasRenderingContext2D, { layout, ticks, scale, palette }: ChartScene): void {
  const { axis } = layout;
  context.font = palette.smallFont;
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (const tick of ticks) {
    const x = Math.round(xOf(tick.time, scale));
    if (x < layout.left || x > layout.right) continue;
    context.globalAlpha = tick.strong ? 1 : 0.6;
    context.fillStyle = tick.strong ? palette.lineStrong : palette.line;
    context.fillRect(x, layout.histogram.top, 1, layout.height - layout.histogram.top);
    context.globalAlpha = 1;
    const half = context.measureText(tick.label).width / 2;
    if (x - half < layout.left || x + half > layout.right + 8) continue;
    context.fillStyle = tick.strong ? palette.text : palette.text2;
    const middle = axis.top + axis.height / 2;
    // The label stands on the line, which would otherwise strike it through.
    const ink = context.fillStyle;
    context.fillStyle = palette.surface;
    context.fillRect(x - half - 3, axis.top + 1, half * 2 + 6, axis.height - 1);
    context.fillStyle = ink;
    context.fillText(tick.label, x, middle);
  }
}

function drawHistogram(context: CanvasRenderingContext2D, scene: ChartScene, histogram: Histogram): void {
  const { layout, scale, palette, top } = scene;
  const { counts, bucketMicros, from } = histogram;
  const base = layout.histogram.top + layout.histogram.height;
  const unit = layout.histogram.height / top;
  const [first, end] = bucketsIn(histogram, scale.window);
  const pixels = xOf(from + bucketMicros, scale) - xOf(from, scale);
  const gap = pixels >= 4 ? 1 : 0;
  for (let bucket = first; bucket < end; bucket += 1) {
    const x0 = Math.round(xOf(from + bucket * bucketMicros, scale));
    const x1 = Math.round(xOf(from + (bucket + 1) * bucketMicros, scale));
    const width = Math.max(1, x1 - x0 - gap);
    let y = base;
    const heights = stack(counts, bucket, unit, GRAVE_PIXELS);
    for (let severity = 0; severity < heights.length; severity += 1) {
      const height = heights[severity] ?? 0;
      const name = SEVERITIES[severity];
      if (height === 0 || name === undefined) continue;
      context.fillStyle = palette.severity[name];
      context.fillRect(x0, y - height, width, height);
      y -= height;
    }
  }
  context.fillStyle = palette.lineStrong;
  context.fillRect(layout.left, base, layout.right - layout.left, 1);
}

/** Values of the count axis, at the left of the plot. */
function drawScale(context: CanvasRenderingContext2D, { layout, palette, top, histogram, scale }: ChartScene): void {
  if (histogram === null || layout.histogram.height < 40) return;
  if (highest(histogram, scale.window) === 0) {
    context.font = palette.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = palette.text3;
    const middle = layout.histogram.top + layout.histogram.height / 2;
    context.fillText("No records here", (layout.left + layout.right) / 2, middle);
    return;
  }
  context.font = palette.smallFont;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillStyle = palette.text3;
  const { top: above, height } = layout.histogram;
  for (const value of valueTicks(0, top, height > 110 ? 4 : 2)) {
    if (value === 0 || !Number.isInteger(value)) continue;
    const y = Math.round(above + height * (1 - value / top));
    context.fillText(formatCompact(value), layout.left - 8, y);
    context.globalAlpha = 0.5;
    context.fillRect(layout.left - 4, y, 4, 1);
    context.globalAlpha = 1;
  }
}
