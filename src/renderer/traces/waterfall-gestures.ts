/** What keys, wheel and pointer mean on the waterfall. */
import { useEffect, type PointerEvent } from "react";
import { toggle, useLayout } from "../state/layout.ts";
import { recordNear } from "./draw-notes.ts";
import { xToTime } from "./layout.ts";
import { useNotes } from "./notes-state.ts";
import type { TraceRecord } from "./sections.ts";
import {
  expandAll,
  panTime,
  select,
  selectRow,
  stepIn,
  stepOut,
  stepRow,
  useWaterfall,
  zoomBy,
} from "./waterfall-state.ts";

/** The record whose mark was pressed. */
export function recordUnder(event: PointerEvent<HTMLCanvasElement>, index: number | null): TraceRecord | null {
  const { marks } = useNotes.getState();
  if (index === null || marks === null || event.button !== 0) return null;
  const { left, width } = event.currentTarget.getBoundingClientRect();
  const { view } = useWaterfall.getState();
  return recordNear(marks, { index, view, width }, xToTime(event.clientX - left, view, width));
}

function showDetail(): void {
  if (!useLayout.getState().detailOpen) toggle("detailOpen");
}

/** Undefined for a key that means nothing here. @param page rows of a screen */
export function keyAction(key: string, page: number): (() => void) | undefined {
  switch (key) {
    case "ArrowDown":
      return () => stepRow(1);
    case "ArrowUp":
      return () => stepRow(-1);
    case "ArrowLeft":
      return stepOut;
    case "ArrowRight":
      return stepIn;
    case "PageDown":
      return () => stepRow(page);
    case "PageUp":
      return () => stepRow(-page);
    case "Home":
      return () => selectRow(0);
    case "End":
      return () => selectRow(Number.MAX_SAFE_INTEGER);
    case "Enter":
      return showDetail;
    case "*":
      return expandAll;
    default:
      return undefined;
  }
}

/** Ctrl or a pinch zooms, Shift or a sideways wheel pans; a plain wheel scrolls the rows. */
export function useWheel(ref: { readonly current: HTMLCanvasElement | null }): void {
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      const width = canvas.clientWidth;
      const { view } = useWaterfall.getState();
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) zoomBy(1.003 ** event.deltaY, event.offsetX / width);
      else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        panTime((sideways / width) * (view.to - view.from));
      } else return;
      event.preventDefault();
    };
    canvas.addEventListener("wheel", onWheel, { passive: false });
    return () => canvas.removeEventListener("wheel", onWheel);
  }, [ref]);
}

/** A press selects its row; a drag pans time. */
export function startPan(event: PointerEvent<HTMLCanvasElement>, index: number | null): void {
  if (event.button !== 0) return;
  const canvas = event.currentTarget;
  if (index !== null) select(index);
  let last = event.clientX;
  canvas.setPointerCapture(event.pointerId);
  const onMove = (move: globalThis.PointerEvent): void => {
    const { view } = useWaterfall.getState();
    panTime(((last - move.clientX) / canvas.clientWidth) * (view.to - view.from));
    last = move.clientX;
  };
  const stop = (): void => {
    canvas.removeEventListener("pointermove", onMove);
    canvas.removeEventListener("lostpointercapture", stop);
  };
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("lostpointercapture", stop);
}
