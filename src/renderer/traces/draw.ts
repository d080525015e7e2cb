/** Paints the waterfall: rows, bars and labels, and the axis above them. Places come from layout.ts. */
import { formatDuration, formatOffset } from "../../shared/text/duration.ts";
import { SEVERITY_SHAPE } from "../ui/severity.tsx";
import { visibleLine } from "../../shared/text/visible.ts";
import { drawCritical, drawRecordMarks, drawRecordText, recordNear } from "./draw-notes.ts";
import { css, serviceRgb } from "./hues.ts";
import { barOf, labelOf, ticks, timeToX, type Viewport } from "./layout.ts";
import type { TraceModel } from "./model.ts";
import type { Palette } from "./palette.ts";
import type { Critical, RecordMarks } from "./sections.ts";

export interface Scene {
  readonly model: TraceModel;
  readonly view: Viewport;
  readonly rows: Uint32Array;
  readonly rowHeight: number;
  /** Pixels of rows above the canvas. */
  readonly offset: number;
  readonly selected: number | null;
  readonly hovered: number | null;
  readonly cursor: number | null;
  readonly hues: readonly (number | null)[];
  /** Null where it is not known or not wanted. */
  readonly critical: Critical | null;
  readonly marks: RecordMarks | null;
  /** Spans that the chosen finding points to. */
  readonly marked: ReadonlySet<number>;
  readonly palette: Palette;
}

const TICK_SPACING = 96;
const BAR_HEIGHT = 12;
const FONT = 11;
const MARK = 9;

const markPath = (): Path2D => new Path2D(SEVERITY_SHAPE.HIGH);
let failedMark: Path2D | undefined;

function drawMark(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  failedMark ??= markPath();
  context.save();
  context.translate(x, y);
  context.scale(MARK / 10, MARK / 10);
  context.fillStyle = colour;
  context.fill(failedMark);
  context.restore();
}

export function drawBars(context: CanvasRenderingContext2D, scene: Scene, width: number, height: number): void {
  const { view, rows, rowHeight, offset, palette, cursor } = scene;
  context.fillStyle = palette.line;
  for (const tick of ticks(view, width, TICK_SPACING))
    context.fillRect(Math.round(timeToX(tick, view, width)), 0, 1, height);
  context.font = `${FONT}px ${palette.ui}`;
  context.textBaseline = "middle";
  const first = Math.max(0, Math.floor(offset / rowHeight));
  const end = Math.min(rows.length, Math.ceil((offset + height) / rowHeight));
  for (let row = first; row < end; row += 1) {
    const index = rows[row];
    if (index !== undefined) drawRow(context, scene, index, Math.round(row * rowHeight - offset), width);
  }
  if (cursor !== null) {
    context.fillStyle = palette.lineStrong;
    context.fillRect(Math.round(timeToX(cursor, view, width)), 0, 1, height);
  }
  drawRecordUnderPointer(context, scene, width);
}

function drawRow(context: CanvasRenderingContext2D, scene: Scene, index: number, top: number, width: number): void {
  const { model, view, rowHeight, palette, hues } = scene;
  const isSelected = index === scene.selected;
  const isHovered = index === scene.hovered;
  if (isSelected || isHovered) {
    context.fillStyle = isSelected ? palette.accentGround : palette.hover;
    context.fillRect(0, top, width, rowHeight);
  }
  const failed = model.failed[index] === 1;
  const bar = barOf(model, index, view, width);
  if (bar === null) return drawAway(context, scene, index, top, width);
  const y = top + Math.round((rowHeight - BAR_HEIGHT) / 2);
  context.fillStyle = css(serviceRgb(hues[model.service[index] ?? 0] ?? null, palette.theme));
  context.fillRect(bar.x, y, bar.width, BAR_HEIGHT);
  if (failed) {
    context.fillStyle = palette.failed;
    context.fillRect(bar.x, y + BAR_HEIGHT - 3, bar.width, 3);
  }
  if (isSelected || scene.marked.has(index)) {
    context.strokeStyle = isSelected ? palette.accent : palette.warned;
    context.lineWidth = 1;
    context.strokeRect(bar.x - 1.5, y - 1.5, bar.width + 3, BAR_HEIGHT + 3);
  }
  const text = labelText(model, index, isSelected || isHovered);
  const textWidth = context.measureText(text).width;
  const markWidth = failed ? MARK + 4 : 0;
  const label = labelOf(bar, textWidth + markWidth, width);
  const left = label.align === "left" ? label.x : label.x - textWidth - markWidth;
  const middle = top + rowHeight / 2;
  if (failed) drawMark(context, left, middle - MARK / 2, label.inside ? palette.surface : palette.failed);
  context.fillStyle = label.inside ? palette.surface : isSelected || isHovered ? palette.text : palette.text2;
  context.textAlign = "left";
  context.fillText(text, left + markWidth, middle + 0.5);
  const place = { index, view, width };
  if (scene.critical !== null) drawCritical(context, scene.critical, place, y + BAR_HEIGHT, palette);
  if (scene.marks !== null) drawRecordMarks(context, scene.marks, place, y, palette);
}

/** Over all rows, for it may reach into others. */
function drawRecordUnderPointer(context: CanvasRenderingContext2D, scene: Scene, width: number): void {
  const { hovered, cursor, marks, view, rows, rowHeight, offset, palette } = scene;
  if (hovered === null || cursor === null || marks === null) return;
  const record = recordNear(marks, { index: hovered, view, width }, cursor);
  if (record === null) return;
  const y = rows.indexOf(hovered) * rowHeight - offset;
  drawRecordText(context, visibleLine(record.message), { x: timeToX(cursor, view, width), y, width }, palette);
}

function labelText(model: TraceModel, index: number, long: boolean): string {
  const lasts = formatDuration(model.length[index] ?? 0);
  return long ? `${lasts} from ${formatOffset(model.start[index] ?? 0)}` : lasts;
}

/** An arrow says where a span lies that the zoom left out. */
function drawAway(context: CanvasRenderingContext2D, scene: Scene, index: number, top: number, width: number): void {
  const isBefore = (scene.model.start[index] ?? 0) < scene.view.from;
  context.fillStyle = scene.palette.text3;
  context.textAlign = isBefore ? "left" : "right";
  context.fillText(isBefore ? "‹" : "›", isBefore ? 4 : width - 4, top + scene.rowHeight / 2);
}

type AxisScene = Pick<Scene, "view" | "cursor" | "palette">;

export function drawAxis(context: CanvasRenderingContext2D, scene: AxisScene, width: number, height: number): void {
  const { view, cursor, palette } = scene;
  context.font = `${FONT}px ${palette.ui}`;
  context.textBaseline = "middle";
  context.textAlign = "left";
  for (const tick of ticks(view, width, TICK_SPACING)) {
    const x = Math.round(timeToX(tick, view, width));
    context.fillStyle = palette.line;
    context.fillRect(x, 0, 1, height);
    const text = tick === 0 ? "0" : formatDuration(tick);
    if (x + 5 + context.measureText(text).width > width) continue;
    context.fillStyle = palette.text3;
    context.fillText(text, x + 5, height / 2);
  }
  if (cursor === null) return;
  const text = formatOffset(cursor);
  const wide = context.measureText(text).width + 10;
  const x = Math.min(width - wide, Math.max(0, timeToX(cursor, view, width) - wide / 2));
  context.fillStyle = palette.text;
  context.fillRect(x, 2, wide, height - 4);
  context.fillStyle = palette.surface;
  context.fillText(text, x + 5, height / 2 + 0.5);
}
