/** A canvas that keeps its size and sharpness and is drawn at most once a frame. */
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { useShownTheme } from "../state/layout.ts";
import { useLatest } from "../ui/use-latest.ts";

export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

interface Canvas {
  readonly ref: RefObject<HTMLCanvasElement | null>;
  /** Asks for a new picture with the next frame. */
  readonly redraw: () => void;
  /** Draws now, for what must move together with the document. */
  readonly drawNow: () => void;
}

/** `draw` gets sizes in CSS pixels and an empty canvas; the newest closure is used. */
export function useCanvas(draw: Draw): Canvas {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useLatest(draw);
  const frame = useRef(0);
  // As it was last laid out: asking the element in the midst of a change would lay out the whole document for each picture.
  const size = useRef({ width: 0, height: 0 });

  const drawNow = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = 0;
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (canvas === null || context === null || context === undefined) return;
    const { width, height } = size.current;
    if (width === 0 || height === 0) return;
    const ratio = devicePixelRatio;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide) canvas.width = wide;
    if (canvas.height !== high) canvas.height = high;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    latest.current(context, width, height);
  }, [latest]);

  const redraw = useCallback(() => {
    if (frame.current === 0) frame.current = requestAnimationFrame(drawNow);
  }, [drawNow]);

  useLayoutEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return undefined;
    // Observers run between layout and paint: drawing now shows no stretched picture.
    const observer = new ResizeObserver(() => {
      size.current = { width: canvas.clientWidth, height: canvas.clientHeight };
      drawNow();
    });
    observer.observe(canvas);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [drawNow]);

  useEffect(() => useShownTheme.subscribe(redraw), [redraw]);

  return { ref, redraw, drawNow };
}
