/** The visible window of time: zooming, panning and their bounds. */
import { DURATION } from "../../shared/text/duration.ts";
import type { TimeRange } from "../state/selection.ts";

/** Below this a pixel is finer than the clocks that wrote the times. */
export const NARROWEST = 100;
/** Around a case whose records all bear one time. */
const MOMENT = DURATION.minute;
/** Free space at both ends of the whole time, as a part of it. */
const MARGIN = 0.01;

/** The whole time of a case with a little room at both ends. */
export function extentOf(from: number | null, to: number | null): TimeRange | null {
  if (from === null || to === null) return null;
  const width = to - from;
  const room = width > 0 ? Math.max(width * MARGIN, NARROWEST) : MOMENT / 2;
  return { from: Math.floor(from - room), to: Math.ceil(to + room) + 1 };
}

/** A window that shows some of the extent; null when it shows all of it. */
export function clampWindow(window: TimeRange, extent: TimeRange): TimeRange | null {
  const whole = extent.to - extent.from;
  const width = Math.max(NARROWEST, window.to - window.from);
  if (width >= whole) return null;
  const from = Math.min(Math.max(Math.round(window.from), extent.from), extent.to - Math.round(width));
  return { from, to: from + Math.round(width) };
}

/** @param factor below 1 zooms in. @param at the moment that stays where it is. */
export function zoomed(window: TimeRange, extent: TimeRange, factor: number, at: number): TimeRange | null {
  const width = Math.max(NARROWEST, (window.to - window.from) * factor);
  const part = (at - window.from) / (window.to - window.from);
  const from = at - part * width;
  return clampWindow({ from, to: from + width }, extent);
}

/** @param part of the window's width; positive goes on in time. */
export function panned(window: TimeRange, extent: TimeRange, part: number): TimeRange | null {
  const step = (window.to - window.from) * part;
  return clampWindow({ from: window.from + step, to: window.to + step }, extent);
}

/** From an earlier to a later moment, whichever way it was dragged; at least a microsecond. */
export function rangeBetween(a: number, b: number): TimeRange {
  const from = Math.round(Math.min(a, b));
  return { from, to: Math.max(from + 1, Math.round(Math.max(a, b))) };
}

/** The window and about half of it more at both sides, on multiples of its half: while it pans, mostly the same range. */
export function padded(window: TimeRange): TimeRange {
  const half = Math.max(1, 2 ** Math.floor(Math.log2((window.to - window.from) / 2)));
  return { from: Math.floor(window.from / half - 1) * half, to: Math.ceil(window.to / half + 1) * half };
}

export interface TimeScale {
  readonly window: TimeRange;
  readonly left: number;
  readonly right: number;
}

export const xOf = (time: number, { window, left, right }: TimeScale): number =>
  left + ((time - window.from) / (window.to - window.from)) * (right - left);

export const timeAt = (x: number, { window, left, right }: TimeScale): number =>
  window.from + ((x - left) / (right - left)) * (window.to - window.from);
