/** Where things lie in pixels: bars, labels, ticks and the minimap. Knows no canvas. */
import type { TraceModel } from "./model.ts";

/** The part of the trace on screen, in microseconds after its start. */
export interface Viewport {
  readonly from: number;
  readonly to: number;
}

/** Narrowest look: beyond it doubles run out and spans are whole nanoseconds anyway. */
const LEAST_WIDTH = 0.01;

export const wholeTrace = (model: Pick<TraceModel, "duration">): Viewport => ({
  from: 0,
  to: Math.max(LEAST_WIDTH, model.duration),
});

/** Inside the trace and not narrower than can be drawn; keeps the width where only the place is off. */
export function clampViewport({ from, to }: Viewport, whole: Viewport): Viewport {
  const width = Math.min(Math.max(LEAST_WIDTH, to - from), whole.to - whole.from);
  const start = Math.min(Math.max(whole.from, from), whole.to - width);
  return { from: start, to: start + width };
}

/** Zooms by a factor (below 1 shows less) around the time at a share 0–1 of the width. */
export function zoomAround(view: Viewport, share: number, factor: number, whole: Viewport): Viewport {
  const width = view.to - view.from;
  const at = view.from + width * share;
  return clampViewport({ from: at - width * factor * share, to: at + width * factor * (1 - share) }, whole);
}

export function panBy(view: Viewport, time: number, whole: Viewport): Viewport {
  return clampViewport({ from: view.from + time, to: view.to + time }, whole);
}

/** A look at one span with room at both sides. */
export function viewportOfSpan(model: TraceModel, index: number): Viewport {
  const start = model.start[index] ?? 0;
  const length = model.length[index] ?? 0;
  const room = Math.max(length * 0.1, model.duration / 1000);
  return clampViewport({ from: start - room, to: start + length + room }, wholeTrace(model));
}

/** The same zoom moved so that a span is seen: whole where it fits, else from its start. */
export function viewportWithSpan(model: TraceModel, index: number, view: Viewport): Viewport {
  const start = model.start[index] ?? 0;
  const end = start + (model.length[index] ?? 0);
  if (start <= view.to && end >= view.from) return view;
  const width = view.to - view.from;
  const from = end - start < width ? (start + end - width) / 2 : start - width / 5;
  return clampViewport({ from, to: from + width }, wholeTrace(model));
}

export const timeToX = (time: number, { from, to }: Viewport, width: number): number =>
  ((time - from) / (to - from)) * width;
export const xToTime = (x: number, { from, to }: Viewport, width: number): number => from + (x / width) * (to - from);

export interface Bar {
  readonly x: number;
  readonly width: number;
}

/** Narrowest bar that can still be seen and hit. */
export const LEAST_BAR = 2;
/** Bars end this far outside of the canvas: a deep zoom must not make coordinates that lose their precision. */
const OUTSIDE = 8;

/** Null when the span lies outside of the viewport. */
export function barOf(model: TraceModel, index: number, view: Viewport, width: number): Bar | null {
  const start = model.start[index] ?? 0;
  const end = start + (model.length[index] ?? 0);
  if (end < view.from || start > view.to) return null;
  const left = Math.max(-OUTSIDE, timeToX(start, view, width));
  const right = Math.min(width + OUTSIDE, timeToX(end, view, width));
  if (right - left >= LEAST_BAR) return { x: left, width: right - left };
  return { x: Math.min(left, width - LEAST_BAR), width: LEAST_BAR };
}

export interface Label {
  readonly x: number;
  readonly align: "left" | "right";
  /** On the bar itself, in the bar's own contrast. */
  readonly inside: boolean;
}

const LABEL_GAP = 6;

/** The label stands right of its bar, else left of it, else on it. */
export function labelOf({ x, width: barWidth }: Bar, labelWidth: number, width: number): Label {
  if (x + barWidth + LABEL_GAP + labelWidth <= width) {
    return { x: x + barWidth + LABEL_GAP, align: "left", inside: false };
  }
  if (x - LABEL_GAP - labelWidth >= 0) return { x: x - LABEL_GAP, align: "right", inside: false };
  return { x: Math.min(width, x + barWidth) - LABEL_GAP, align: "right", inside: true };
}

const STEPS = [1, 2, 5] as const;

/** Round times at least `spacing` pixels apart. */
export function ticks({ from, to }: Viewport, width: number, spacing: number): readonly number[] {
  if (width <= 0 || to <= from) return [];
  const rough = ((to - from) / width) * spacing;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((factor) => factor * power >= rough) ?? 10);
  const found: number[] = [];
  for (let count = Math.ceil(from / step); count * step <= to; count += 1) found.push(count * step);
  return found;
}

/** Codes of {@link minimap} beside 0 for nothing and service + 2. */
export const FAILED_PIXEL = 1;
const DENSE_MARK = 2;

/** The whole trace as one code a pixel: rows in the order of the tree, failed spans above all others. */
export function minimap(model: TraceModel, width: number, height: number): Uint16Array {
  const pixels = new Uint16Array(width * height);
  const whole = wholeTrace(model);
  const { order, failed, service, start, length } = model;
  // Few spans are drawn as lines with space between them.
  const rowHeight = Math.min(3, height / Math.max(1, order.length));
  const thickness = Math.max(1, Math.floor(rowHeight) - 1);
  // Where many spans share a row, what failed marks only its start: else one in a hundred would hide all the others.
  const isDense = rowHeight < 1;
  for (const wantFailed of [false, true]) {
    for (let position = 0; position < order.length; position += 1) {
      const index = order[position] ?? 0;
      if ((failed[index] === 1) !== wantFailed) continue;
      const begin = start[index] ?? 0;
      const left = Math.min(width - 1, Math.max(0, Math.floor(timeToX(begin, whole, width))));
      const end = Math.ceil(timeToX(begin + (length[index] ?? 0), whole, width));
      const right = wantFailed && isDense ? left + DENSE_MARK : end;
      const code = wantFailed ? FAILED_PIXEL : (service[index] ?? 0) + 2;
      const top = Math.min(height - 1, Math.floor(position * rowHeight));
      for (let y = top; y < Math.min(height, top + thickness); y += 1) {
        pixels.fill(code, y * width + left, y * width + Math.min(width, Math.max(left + 1, right)));
      }
    }
  }
  return pixels;
}
