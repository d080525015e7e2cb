/** Paints what is told of a span beside its bar: the part of it that all above waited for, and records written in it. */
import { Level } from "../../shared/model/level.ts";
import { timeToX, xToTime, type Viewport } from "./layout.ts";
import type { Palette } from "./palette.ts";
import type { Critical, RecordMarks, TraceRecord } from "./sections.ts";

const LINE = 2;
const RADIUS = 3;
/** Pixels from a record's mark at which the pointer is on it. */
const REACH = 5;
const MOST_TEXT = 140;

interface Place {
  readonly index: number;
  readonly view: Viewport;
  readonly width: number;
}

/** Under the bar, whose lower edge is at `y`. Sections that fall on one pixel are drawn once: a root may have thousands. */
export function drawCritical(
  context: CanvasRenderingContext2D,
  { from, start, end }: Critical,
  { index, view, width }: Place,
  y: number,
  palette: Palette,
): void {
  context.fillStyle = palette.text;
  let reached = -1;
  for (let at = from[index] ?? 0; at < (from[index + 1] ?? 0); at += 1) {
    const left = Math.max(0, timeToX(start[at] ?? 0, view, width));
    const right = Math.min(width, timeToX(end[at] ?? 0, view, width));
    if (right < reached || right < 0 || left > width) continue;
    const x = Math.max(reached, left);
    context.fillRect(x, y + 1, Math.max(1, right - x), LINE);
    reached = Math.max(right, x + 1);
  }
}

/** On the bar's upper edge at `y`. */
export function drawRecordMarks(
  context: CanvasRenderingContext2D,
  { from, order, at, records }: RecordMarks,
  { index, view, width }: Place,
  y: number,
  palette: Palette,
): void {
  let last = -Infinity;
  for (let place = from[index] ?? 0; place < (from[index + 1] ?? 0); place += 1) {
    const record = order[place] ?? 0;
    const x = timeToX(at[record] ?? 0, view, width);
    const level = records[record]?.level ?? 0;
    if (x < -RADIUS || x > width + RADIUS || (x - last < 1 && level < Level.error)) continue;
    last = x;
    context.beginPath();
    context.arc(x, y, RADIUS, 0, 2 * Math.PI);
    context.fillStyle = level >= Level.error ? palette.failed : level >= Level.warn ? palette.warned : palette.text2;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = palette.surface;
    context.stroke();
  }
}

/** The record whose mark lies at a time under the pointer. */
export function recordNear(
  { from, order, at, records }: RecordMarks,
  { index, view, width }: Place,
  cursor: number,
): TraceRecord | null {
  const reach = xToTime(REACH, view, width) - view.from;
  let nearest: number | null = null;
  for (let place = from[index] ?? 0; place < (from[index + 1] ?? 0); place += 1) {
    const record = order[place] ?? 0;
    const distance = Math.abs((at[record] ?? 0) - cursor);
    if (distance <= reach && (nearest === null || distance < Math.abs((at[nearest] ?? 0) - cursor))) nearest = record;
  }
  return nearest === null ? null : (records[nearest] ?? null);
}

/** What a record says, in a box that stays on the canvas; `y` is the upper edge of the row. */
export function drawRecordText(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  palette: Palette,
): void {
  const shown = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
  const wide = Math.min(width, context.measureText(shown).width + 16);
  const left = Math.min(Math.max(0, x + 8), width - wide);
  const top = y >= 22 ? y - 20 : y + 22;
  context.fillStyle = palette.text;
  context.fillRect(left, top, wide, 18);
  context.fillStyle = palette.surface;
  context.textAlign = "left";
  context.fillText(shown, left + 8, top + 9.5, wide - 16);
}
