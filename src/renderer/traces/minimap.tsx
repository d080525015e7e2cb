/** The whole trace in a strip with the part on screen as a frame: drag it, pull its edges, draw a new one, or turn the wheel. */
import { useEffect, useMemo, useRef, type PointerEvent, type ReactNode } from "react";
import { useCanvas } from "./canvas.ts";
import { serviceRgb, type Rgb } from "./hues.ts";
import { minimap, timeToX, wholeTrace, xToTime, type Viewport } from "./layout.ts";
import type { TraceModel } from "./model.ts";
import { palette, type Palette } from "./palette.ts";
import { fitTrace, panTime, setView, useWaterfall, zoomBy } from "./waterfall-state.ts";

interface MinimapProps {
  readonly model: TraceModel;
  readonly hues: readonly (number | null)[];
}

const EDGE = 5;
/** A press that moves less is a click. */
const SLACK = 3;

type Grip =
  | { readonly part: "frame"; readonly time: number; readonly view: Viewport }
  | { readonly part: "edge"; readonly opposite: number }
  | { readonly part: "new"; readonly time: number; readonly x: number };

function gripAt(x: number, width: number, view: Viewport, whole: Viewport): Grip {
  const left = timeToX(view.from, whole, width);
  const right = timeToX(view.to, whole, width);
  const time = xToTime(x, whole, width);
  const isWhole = right - left >= width - 1;
  if (!isWhole && Math.abs(x - left) <= EDGE) return { part: "edge", opposite: view.to };
  if (!isWhole && Math.abs(x - right) <= EDGE) return { part: "edge", opposite: view.from };
  if (!isWhole && x > left && x < right) return { part: "frame", time, view };
  return { part: "new", time, x };
}

export function Minimap({ model, hues }: MinimapProps): ReactNode {
  const grip = useRef<Grip | null>(null);
  const picture = useMemo(() => pictureOf(model, hues), [model, hues]);
  const whole = useMemo(() => wholeTrace(model), [model]);
  const { ref, redraw } = useCanvas((context, width, height) => {
    const colours = palette();
    context.drawImage(picture(width, height, colours), 0, 0, width, height);
    drawFrame(context, width, height, colours, useWaterfall.getState().view, whole);
  });
  useEffect(() => useWaterfall.subscribe(redraw), [redraw]);
  useEffect(() => redraw());

  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { view } = useWaterfall.getState();
      const at = xToTime(event.offsetX, whole, canvas.clientWidth);
      const share = Math.min(1, Math.max(0, (at - view.from) / (view.to - view.from)));
      zoomBy(1.0015 ** event.deltaY, share);
    };
    canvas.addEventListener("wheel", onWheel, { passive: false });
    return () => canvas.removeEventListener("wheel", onWheel);
  }, [ref, whole]);

  const place = (event: PointerEvent<HTMLCanvasElement>): { readonly x: number; readonly width: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, width: box.width };
  };
  const onMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const { x, width } = place(event);
    const held = grip.current;
    if (held === null) {
      const { part } = gripAt(x, width, useWaterfall.getState().view, whole);
      event.currentTarget.dataset["grip"] = part;
      return;
    }
    const time = xToTime(x, whole, width);
    if (held.part === "frame")
      setView({ from: held.view.from + time - held.time, to: held.view.to + time - held.time });
    else if (held.part === "edge") setView(spanned(held.opposite, time));
    else if (Math.abs(x - held.x) > SLACK) setView(spanned(held.time, time));
  };
  const onUp = (event: PointerEvent<HTMLCanvasElement>): void => {
    const held = grip.current;
    grip.current = null;
    const { x } = place(event);
    if (held?.part !== "new" || Math.abs(x - held.x) > SLACK) return;
    const { view } = useWaterfall.getState();
    panTime(held.time - (view.from + view.to) / 2);
  };
  return (
    <canvas
      ref={ref}
      className="trace-minimap"
      aria-hidden
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { x, width } = place(event);
        grip.current = gripAt(x, width, useWaterfall.getState().view, whole);
      }}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={() => (grip.current = null)}
      onDoubleClick={fitTrace}
    />
  );
}

const spanned = (a: number, b: number): Viewport => ({ from: Math.min(a, b), to: Math.max(a, b) });

type Picture = (width: number, height: number, colours: Palette) => HTMLCanvasElement;

/** The spans as an image, painted anew only when size or theme changed. */
function pictureOf(model: TraceModel, hues: MinimapProps["hues"]): Picture {
  const canvas = document.createElement("canvas");
  let painted = "";
  return (cssWidth, cssHeight, colours) => {
    const width = Math.round(cssWidth * devicePixelRatio);
    const height = Math.round(cssHeight * devicePixelRatio);
    const key = `${width}×${height} ${colours.theme}`;
    if (key === painted) return canvas;
    painted = key;
    canvas.width = width;
    canvas.height = height;
    const codes = minimap(model, width, height);
    const tones = hues.map((hue) => serviceRgb(hue, colours.theme));
    canvas.getContext("2d")?.putImageData(imageOf(codes, width, height, tones, rgbOf(colours.failed)), 0, 0);
    return canvas;
  };
}

function imageOf(codes: Uint16Array, width: number, height: number, tones: readonly Rgb[], failed: Rgb): ImageData {
  const image = new ImageData(width, height);
  // Little-endian on every machine that Chromium runs on: red is the lowest byte.
  const pixels = new Uint32Array(image.data.buffer);
  const pack = ([red, green, blue]: Rgb): number => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  const packed = [0, pack(failed), ...tones.map(pack)];
  for (let at = 0; at < codes.length; at += 1) pixels[at] = packed[codes[at] ?? 0] ?? 0;
  return image;
}

/** "#rrggbb" as the theme writes it. */
function rgbOf(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function drawFrame(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  colours: Palette,
  view: Viewport,
  whole: Viewport,
): void {
  const left = timeToX(view.from, whole, width);
  const right = Math.max(left + 2, timeToX(view.to, whole, width));
  if (right - left >= width - 1) return;
  context.globalAlpha = 0.72;
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, left, height);
  context.fillRect(right, 0, width - right, height);
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  context.lineWidth = 1;
  context.strokeRect(Math.round(left) + 0.5, 0.5, Math.max(1, Math.round(right - left) - 1), height - 1);
  context.fillStyle = colours.accent;
  for (const x of [left, right]) context.fillRect(Math.round(x) - 1, height / 2 - 6, 3, 12);
}
