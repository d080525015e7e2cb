/** One symbol a kind of event, so that a lane is read without its colours. */
import type { LaneEvent } from "../../shared/contract.ts";
import type { Band } from "./layout.ts";
import { burstWeight, cut, type Mark } from "./marks.ts";
import { textWidth } from "../ui/text-width.ts";
import type { Palette } from "./palette.ts";
import type { TimeScale } from "./window.ts";

interface MarksScene {
  readonly scale: TimeScale;
  readonly palette: Palette;
  readonly selected: number | null;
}

type Draw = (context: CanvasRenderingContext2D, mark: Mark, band: Band, palette: Palette) => void;

export function drawMarks(
  context: CanvasRenderingContext2D,
  marks: readonly Mark[],
  band: Band,
  scene: MarksScene,
): void {
  const { palette, selected } = scene;
  for (const mark of marks) {
    context.fillStyle = colourOf(mark.event, palette);
    context.strokeStyle = context.fillStyle;
    SHAPE[mark.event.kind](context, mark, band, palette);
    context.globalAlpha = 1;
  }
  const chosen = marks.find(({ event }) => event.id === selected);
  if (chosen !== undefined) ring(context, chosen, band, palette);
  drawLabels(context, marks, band, palette);
}

function drawLabels(context: CanvasRenderingContext2D, marks: readonly Mark[], band: Band, palette: Palette): void {
  context.font = palette.smallFont;
  context.textAlign = "left";
  context.textBaseline = "middle";
  const measure = (text: string): number => textWidth(palette.smallFont, text);
  for (const { event, label } of marks) {
    if (label === null) continue;
    const text = cut(event.title, label.room, measure);
    const y = band.top + band.height / 2 + 0.5;
    // Words stand on ground of their own, apart from bars, lines and lesser marks.
    context.globalAlpha = 0.8;
    context.fillStyle = palette.surface;
    context.fillRect(label.x - 2, band.top + 3, measure(text) + 4, band.height - 5);
    context.globalAlpha = 1;
    context.fillStyle = event.kind === "commit" || event.kind === "ci-run" ? palette.text2 : palette.text;
    context.fillText(text, label.x, y);
  }
}

function colourOf(event: LaneEvent, palette: Palette): string {
  switch (event.kind) {
    case "deploy":
      return palette.change;
    case "flag":
      return palette.flag;
    case "commit":
      return palette.text3;
    case "note":
      return palette.note;
    case "ci-run":
      return event.severity === "INFO" || event.severity === "LOW" ? palette.good : palette.severity[event.severity];
    default:
      return palette.severity[event.severity];
  }
}

function path(context: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [at, [x, y]] of points.entries()) {
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}

const middleOf = ({ top, height }: Band): number => Math.round(top + height / 2);

/** A pole with a cloth: something was put in place. */
const flagPole: Draw = (context, { x0 }, band) => {
  const x = Math.round(x0);
  const y = middleOf(band);
  context.fillRect(x - 1, y - 7, 1.5, 14);
  path(context, [
    [x, y - 7],
    [x + 7, y - 4],
    [x, y - 1],
  ]);
  context.fill();
};

/** A pole with a square cloth, hollow: something was switched. */
const toggle: Draw = (context, { x0 }, band) => {
  const x = Math.round(x0);
  const y = middleOf(band);
  context.fillRect(x - 1, y - 7, 1.5, 14);
  context.lineWidth = 1.5;
  context.strokeRect(x + 0.5, y - 6.5, 6, 5);
};

const dot: Draw = (context, { x0 }, band) => {
  context.beginPath();
  context.arc(x0, middleOf(band), 3, 0, Math.PI * 2);
  context.fill();
};

/** A triangle where it fired and a bar while it lasted. */
const alert: Draw = (context, { x0, x1 }, band) => {
  const y = middleOf(band);
  if (x1 - x0 > 1) {
    context.globalAlpha = 0.35;
    context.fillRect(x0, y + 3, x1 - x0, 2);
    context.globalAlpha = 1;
  }
  path(context, [
    [x0, y - 6],
    [x0 + 6, y + 5],
    [x0 - 6, y + 5],
  ]);
  context.fill();
};

/** As high and as dense as it was frequent. */
const burst: Draw = (context, { event, x0, x1 }, band) => {
  const weight = burstWeight(event);
  const height = Math.max(4, (band.height - 4) * weight);
  const width = Math.max(3, x1 - x0);
  context.globalAlpha = 0.25 + weight * 0.45;
  context.fillRect(x0 - (width === 3 ? 1 : 0), band.top + band.height - 1 - height, width, height);
  context.globalAlpha = 1;
  context.fillRect(x0 - 1, band.top + band.height - 1 - height, 2, height);
};

/** A stretch with ends: the series was out of its band from here to there. */
const anomaly: Draw = (context, { x0, x1 }, band) => {
  const y = middleOf(band);
  const width = Math.max(4, x1 - x0);
  context.globalAlpha = 0.3;
  context.fillRect(x0, y - 4, width, 8);
  context.globalAlpha = 1;
  context.fillRect(x0, y - 6, 2, 12);
  context.fillRect(x0 + width - 2, y - 6, 2, 12);
};

const failedTrace: Draw = (context, { x0 }, band) => {
  const y = middleOf(band);
  context.beginPath();
  context.arc(x0, y, 4, 0, Math.PI * 2);
  context.fill();
};

/** Hollow: it was slow and did not fail. */
const slowTrace: Draw = (context, { x0 }, band) => {
  context.beginPath();
  context.arc(x0, middleOf(band), 3.5, 0, Math.PI * 2);
  context.lineWidth = 1.5;
  context.stroke();
};

const run: Draw = (context, { x0, x1 }, band) => {
  const y = middleOf(band);
  if (x1 - x0 > 6) {
    context.globalAlpha = 0.3;
    context.fillRect(x0, y - 2, x1 - x0, 4);
    context.globalAlpha = 1;
  }
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x0 - 4, y);
  context.lineTo(x0 - 1, y + 3.5);
  context.lineTo(x0 + 5, y - 4);
  context.stroke();
};

const cross: Draw = (context, { x0 }, band) => {
  const y = middleOf(band);
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x0 - 4, y - 4);
  context.lineTo(x0 + 4, y + 4);
  context.moveTo(x0 + 4, y - 4);
  context.lineTo(x0 - 4, y + 4);
  context.stroke();
};

/** A run that ended badly is crossed out, any other is ticked off. */
const ciRun: Draw = (context, mark, band, palette) =>
  (mark.event.severity === "INFO" || mark.event.severity === "LOW" ? run : cross)(context, mark, band, palette);

const pin: Draw = (context, { x0 }, band) => {
  const y = middleOf(band);
  context.fillRect(x0 - 0.75, y, 1.5, 7);
  context.beginPath();
  context.arc(x0, y - 2, 4, 0, Math.PI * 2);
  context.fill();
};

const SHAPE: Readonly<Record<LaneEvent["kind"], Draw>> = {
  deploy: flagPole,
  flag: toggle,
  commit: dot,
  alert,
  "ci-run": ciRun,
  "test-failure": cross,
  "error-burst": burst,
  "warning-burst": burst,
  "metric-anomaly": anomaly,
  "failed-trace": failedTrace,
  "slow-trace": slowTrace,
  note: pin,
};

function ring(context: CanvasRenderingContext2D, { x0, x1 }: Mark, band: Band, palette: Palette): void {
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.5;
  const left = Math.round(x0) - 7.5;
  context.beginPath();
  context.roundRect(left, band.top + 1.5, Math.max(15, Math.round(x1 - x0) + 11), band.height - 2, 4);
  context.stroke();
}
