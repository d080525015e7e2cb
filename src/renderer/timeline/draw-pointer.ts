/** What follows the pointer, the brush, the list and the focus: drawn on a canvas of its own, above the chart. */
import type { Histogram } from "../../shared/contract.ts";
import { SEVERITIES, type Severity } from "../../shared/model/severity.ts";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatCount } from "../../shared/text/number.ts";
import { formatClock } from "../../shared/text/time.ts";
import { formatWithUnit } from "../format/unit.ts";
import { SEVERITY_NAME } from "../ui/severity.tsx";
import { EVENT_NAME } from "../../shared/text/event-name.ts";
import { countsAt } from "./buckets.ts";
import { inPlot } from "./draw.ts";
import { valueNear, type StripData } from "./draw-strip.ts";
import type { ChartLayout } from "./layout.ts";
import { cut, type Mark } from "./marks.ts";
import type { Palette } from "./palette.ts";
import { xOf, type TimeScale } from "./window.ts";
import type { TimeRange } from "../state/selection.ts";

export interface PointerScene {
  readonly layout: ChartLayout;
  readonly scale: TimeScale;
  readonly palette: Palette;
  readonly histogram: Histogram | null;
  readonly strip: StripData | null;
  readonly brush: TimeRange | null;
  readonly hoverTime: number | null;
  /** The pointer is on the chart itself: a readout says what stands there. */
  readonly readout: boolean;
  readonly hoverMark: Mark | null;
  readonly listTime: number | null;
  readonly focusTime: number | null;
  readonly onset: number | null;
  /** The windows that are compared. */
  readonly compared: { readonly a: TimeRange | null; readonly b: TimeRange | null };
  readonly zone: string;
}

export function drawPointer(context: CanvasRenderingContext2D, scene: PointerScene): void {
  const { layout } = scene;
  context.clearRect(0, 0, layout.width, layout.height);
  inPlot(context, layout, () => {
    drawBrush(context, scene);
    drawCompared(context, scene);
    drawOnset(context, scene);
    drawListMarker(context, scene);
    drawFocus(context, scene);
    drawCrosshair(context, scene);
  });
  if (scene.readout && scene.hoverTime !== null) drawReadout(context, scene, scene.hoverTime);
}

function drawBrush(context: CanvasRenderingContext2D, { layout, scale, palette, brush }: PointerScene): void {
  if (brush === null) return;
  const x0 = xOf(brush.from, scale);
  const x1 = Math.max(x0 + 1, xOf(brush.to, scale));
  context.fillStyle = palette.surface;
  context.globalAlpha = 0.55;
  context.fillRect(layout.left, 0, x0 - layout.left, layout.height);
  context.fillRect(x1, 0, layout.right - x1, layout.height);
  context.globalAlpha = 1;
  context.fillStyle = palette.accentGround;
  context.fillRect(x0, layout.histogram.top, x1 - x0, layout.histogram.height + layout.axis.height);
  context.fillStyle = palette.accent;
  context.fillRect(Math.round(x0) - 1, 0, 1, layout.height);
  context.fillRect(Math.round(x1), 0, 1, layout.height);
}

/** A bar with its letter along the top of each window, in the colours of the comparison. */
function drawCompared(context: CanvasRenderingContext2D, { layout, scale, palette, compared }: PointerScene): void {
  const sides = [
    ["A", compared.a, palette.text3],
    ["B", compared.b, palette.accent],
  ] as const;
  context.font = palette.smallFont;
  context.textBaseline = "top";
  context.textAlign = "left";
  for (const [letter, range, colour] of sides) {
    if (range === null) continue;
    const x0 = Math.max(layout.left, xOf(range.from, scale));
    const x1 = Math.min(layout.right, Math.max(xOf(range.from, scale) + 2, xOf(range.to, scale)));
    if (x1 <= x0) continue;
    context.fillStyle = colour;
    context.fillRect(x0, 0, x1 - x0, 3);
    context.globalAlpha = 0.07;
    context.fillRect(x0, layout.histogram.top, x1 - x0, layout.histogram.height);
    context.globalAlpha = 1;
    if (x1 - x0 > 14) context.fillText(letter, x0 + 3, 5);
  }
}

/** Dashed, with its word at the top: it is what the engine thinks, not what a source says. */
function drawOnset(context: CanvasRenderingContext2D, { layout, scale, palette, onset, compared }: PointerScene): void {
  if (onset === null) return;
  const x = Math.round(xOf(onset, scale)) + 0.5;
  context.strokeStyle = palette.severity.CRITICAL;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(x, layout.histogram.top);
  context.lineTo(x, layout.height);
  context.stroke();
  context.setLineDash([]);
  context.font = palette.smallFont;
  context.textBaseline = "top";
  const isNearEnd = x > layout.right - 48;
  context.textAlign = isNearEnd ? "right" : "left";
  const labelX = isNearEnd ? x - 4 : x + 4;
  // Below the letters of the compared windows, of which one often begins here.
  const labelY = layout.histogram.top + (compared.a === null && compared.b === null ? 2 : 10);
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = palette.surface;
  context.strokeText("onset", labelX, labelY);
  context.fillStyle = palette.severity.CRITICAL;
  context.fillText("onset", labelX, labelY);
}

/** A small wedge at the axis: the list begins here. */
function drawListMarker(context: CanvasRenderingContext2D, { layout, scale, palette, listTime }: PointerScene): void {
  if (listTime === null) return;
  const x = Math.round(xOf(listTime, scale));
  const y = layout.axis.top;
  context.fillStyle = palette.accent;
  context.beginPath();
  context.moveTo(x - 5, y + 6);
  context.lineTo(x + 5, y + 6);
  context.lineTo(x, y);
  context.closePath();
  context.fill();
}

function drawFocus(context: CanvasRenderingContext2D, { layout, scale, palette, focusTime }: PointerScene): void {
  if (focusTime === null) return;
  const x = Math.round(xOf(focusTime, scale));
  context.fillStyle = palette.accent;
  context.fillRect(x, layout.histogram.top, 1, layout.height);
}

function drawCrosshair(context: CanvasRenderingContext2D, { layout, scale, palette, hoverTime }: PointerScene): void {
  if (hoverTime === null) return;
  const x = Math.round(xOf(hoverTime, scale));
  context.fillStyle = palette.text2;
  context.globalAlpha = 0.6;
  context.fillRect(x, layout.histogram.top, 1, layout.height);
  context.globalAlpha = 1;
}

interface Line {
  readonly text: string;
  readonly strong?: boolean;
  readonly severity?: Severity;
}

function readoutLines({ histogram, strip, hoverMark, zone, scale }: PointerScene, time: number): readonly Line[] {
  const digits = scale.window.to - scale.window.from < 60_000_000 ? 6 : 3;
  const lines: Line[] = [];
  if (hoverMark !== null) {
    const { event } = hoverMark;
    const lasted = event.endTime === null ? "" : `, ${formatDuration(event.endTime - event.time)}`;
    lines.push({ text: event.title, strong: true, severity: event.severity });
    lines.push({
      text: `${EVENT_NAME[event.kind]}, ${SEVERITY_NAME[event.severity]}${event.service === null ? "" : `, ${event.service}`}`,
    });
    lines.push({ text: `${formatClock(event.time, zone, digits)}${lasted}` });
    return lines;
  }
  lines.push({ text: formatClock(time, zone, digits), strong: true });
  const counted = histogram === null ? null : countsAt(histogram, time);
  if (histogram !== null && counted !== null) {
    for (const [rank, count] of counted.counts.entries()) {
      const severity = SEVERITIES[rank];
      if (count > 0 && severity !== undefined)
        lines.push({ text: `${SEVERITY_NAME[severity]}  ${formatCount(count)}`, severity });
    }
    lines.push({ text: `in ${formatDuration(histogram.bucketMicros)}` });
  }
  const near = strip === null ? null : valueNear(strip, time);
  if (strip !== null && near !== null && Number.isFinite(near.value))
    lines.push({ text: `Series  ${formatWithUnit(near.value, strip.unit)}` });
  return lines;
}

const LINE = 16;
const PADDING = 8;
const WIDEST = 320;

function drawReadout(context: CanvasRenderingContext2D, scene: PointerScene, time: number): void {
  const { layout, palette, scale } = scene;
  const lines = readoutLines(scene, time);
  const fontOf = (line: Line): string => (line.strong === true ? `600 ${palette.smallFont}` : palette.smallFont);
  const measure = (text: string): number => context.measureText(text).width;
  const widths = lines.map((line) => {
    context.font = fontOf(line);
    return Math.min(WIDEST, measure(line.text)) + (line.severity === undefined ? 0 : 14);
  });
  const width = Math.max(...widths) + PADDING * 2;
  const height = lines.length * LINE + PADDING * 2 - 4;
  const x = xOf(time, scale);
  const left = x + 12 + width > layout.width ? x - 12 - width : x + 12;
  const top = layout.histogram.top;
  context.fillStyle = palette.floating;
  context.strokeStyle = palette.lineStrong;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(Math.round(left) + 0.5, top + 0.5, Math.round(width), height, 4);
  context.fill();
  context.stroke();
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const [at, line] of lines.entries()) {
    const y = top + PADDING + at * LINE + LINE / 2 - 2;
    let start = left + PADDING;
    if (line.severity !== undefined) {
      context.fillStyle = palette.severity[line.severity];
      context.fillRect(start, y - 4, 8, 8);
      start += 14;
    }
    context.font = fontOf(line);
    context.fillStyle = line.strong === true || line.severity !== undefined ? palette.text : palette.text2;
    context.fillText(cut(line.text, WIDEST, measure), start, y);
  }
}
