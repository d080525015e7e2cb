/** A canvas in device pixels that redraws at most once a frame. */
import { useEffect, useRef, type RefObject } from "react";

/** Draws with `draw` whenever one of `when` changed; the canvas is as large as the layout says. */
export function useSurface(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): { readonly canvas: RefObject<HTMLCanvasElement | null>; readonly redraw: () => void } {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  const frame = useRef(0);
  const redraw = useRef(() => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      const node = canvas.current;
      const context = node?.getContext("2d");
      if (node === null || context === null || context === undefined) return;
      const ratio = devicePixelRatio;
      const wide = Math.round(node.clientWidth * ratio);
      const tall = Math.round(node.clientHeight * ratio);
      if (node.width !== wide || node.height !== tall) {
        node.width = wide;
        node.height = tall;
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      latest.current(context);
    });
  });
  useEffect(() => {
    redraw.current();
  });
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  useEffect(() => redraw.current(), [width, height]);
  return { canvas, redraw: redraw.current };
}
