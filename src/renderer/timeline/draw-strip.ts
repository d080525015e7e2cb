/** The metric strip: one series as a line over its baseline band. */
import type { MetricUnit } from "../../shared/model/metric-unit.ts";
import { formatWithUnit } from "../format/unit.ts";
import type { Band, ChartLayout } from "./layout.ts";
import type { Palette } from "./palette.ts";
import { valueTicks } from "./ticks.ts";
import { xOf, type TimeScale } from "./window.ts";

export interface StripData {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly unit: MetricUnit;
  /** Mean and deviation of the baseline, where an anomaly of the series tells them. */
  readonly baseline: { readonly mean: number; readonly deviation: number } | null;
}

export interface ValueRange {
  readonly least: number;
  readonly most: number;
}

const INSET = 8;

/** Values between the ends of the window; zero is shown where it is near. Null without any. */
export function valueRange({ times, values }: StripData, from: number, to: number): ValueRange | null {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] ?? Number.NaN;
    const value = values[at] ?? Number.NaN;
    if (!(time >= from && time <= to) || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least > most) return null;
  if (least === most) return { least: least - (Math.abs(least) || 1) * 0.1, most: most + (Math.abs(most) || 1) * 0.1 };
  // A baseline near zero is read against zero; one far away would be flattened by it.
  if (least > 0 && least < (most - least) * 0.6) least = 0;
  return { least, most };
}

interface StripScene {
  readonly layout: ChartLayout;
  readonly scale: TimeScale;
  readonly palette: Palette;
}

export function drawStrip(context: CanvasRenderingContext2D, data: StripData, band: Band, scene: StripScene): void {
  const { scale, palette, layout } = scene;
  const range = valueRange(data, scale.window.from, scale.window.to);
  if (range === null) return;
  const bottom = band.top + band.height - INSET;
  const height = band.height - INSET * 2;
  const y = (value: number): number => bottom - ((value - range.least) / (range.most - range.least)) * height;

  if (data.baseline !== null) {
    const { mean, deviation } = data.baseline;
    const top = y(mean + 2 * deviation);
    context.globalAlpha = 0.14;
    context.fillStyle = palette.series;
    context.fillRect(layout.left, top, layout.right - layout.left, Math.max(2, y(mean - 2 * deviation) - top));
    context.globalAlpha = 1;
  }
  context.strokeStyle = palette.series;
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.beginPath();
  let drawn = false;
  for (let at = 0; at < data.times.length; at += 1) {
    const value = data.values[at] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      drawn = false;
      continue;
    }
    const x = xOf(data.times[at] ?? 0, scale);
    if (drawn) context.lineTo(x, y(value));
    else context.moveTo(x, y(value));
    drawn = true;
  }
  context.stroke();
  drawValues(context, range, y, data.unit, scene);
}

function drawValues(
  context: CanvasRenderingContext2D,
  range: ValueRange,
  y: (value: number) => number,
  unit: MetricUnit,
  { layout, palette }: StripScene,
): void {
  context.font = palette.smallFont;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const value of valueTicks(range.least, range.most, 2)) {
    const at = Math.round(y(value));
    context.globalAlpha = 0.6;
    context.fillStyle = palette.line;
    context.fillRect(layout.left, at, layout.right - layout.left, 1);
    context.globalAlpha = 1;
    context.lineWidth = 3;
    context.strokeStyle = palette.surface;
    const text = formatWithUnit(value, unit);
    context.strokeText(text, layout.left + 4, at);
    context.fillStyle = palette.text3;
    context.fillText(text, layout.left + 4, at);
  }
}

/** Value of the sample nearest to a moment; null when there is none. */
export function valueNear(
  { times, values }: StripData,
  time: number,
): { readonly time: number; readonly value: number } | null {
  if (times.length === 0) return null;
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const before = low > 0 && Math.abs((times[low - 1] ?? 0) - time) < Math.abs((times[low] ?? 0) - time) ? low - 1 : low;
  return { time: times[before] ?? 0, value: values[before] ?? Number.NaN };
}
