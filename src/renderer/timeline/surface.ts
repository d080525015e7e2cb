/** A canvas in device pixels that redraws at most once a frame. */
import { useCallback, useEffect, useRef, type RefObject } from "react";
import { useLatest } from "../ui/use-latest.ts";

type Surface = readonly [canvas: RefObject<HTMLCanvasElement | null>, redraw: () => void];

/** Draws after every render of its component, and whenever `redraw` is called. */
export function useSurface(draw: (context: CanvasRenderingContext2D) => void): Surface {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useLatest(draw);
  const frame = useRef(0);
  const redraw = useCallback(() => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      const context = canvas.current === null ? null : sized(canvas.current);
      if (context !== null) latest.current(context);
    });
  }, [latest]);
  useEffect(redraw);
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );
  return [canvas, redraw];
}

/** The canvas's context in CSS pixels; the canvas has as many of its own as the screen has. */
function sized(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
