/** What the chart knows beyond the shared state: its width, and the window it shows. */
import { useMemo } from "react";
import { useCase } from "../state/case.ts";
import { look, rememberLook, useSelection, type TimeRange } from "../state/selection.ts";
import { clampWindow, extentOf, panned, zoomed } from "./window.ts";

/** The whole time of the case with a little room; null while it has no times. */
export function currentExtent(): TimeRange | null {
  const { info } = useCase.getState();
  return info === null ? null : extentOf(info.from, info.to);
}

export function useExtent(): TimeRange | null {
  const from = useCase((state) => state.info?.from ?? null);
  const to = useCase((state) => state.info?.to ?? null);
  return useMemo(() => extentOf(from, to), [from, to]);
}

export const currentWindow = (): TimeRange | null => useSelection.getState().window ?? currentExtent();

/** Zooms and pans that follow each other within this are one step of `Backspace`. */
const GESTURE_MS = 400;
let gestureAt = 0;

function inGesture(now: number): void {
  if (now - gestureAt > GESTURE_MS) rememberLook();
  gestureAt = now;
}

export function zoomBy(factor: number, at: number | null = null): void {
  const extent = currentExtent();
  const window = currentWindow();
  if (extent === null || window === null) return;
  inGesture(performance.now());
  look({ window: zoomed(window, extent, factor, at ?? (window.from + window.to) / 2) }, false);
}

export function panBy(part: number): void {
  const extent = currentExtent();
  const window = currentWindow();
  if (extent === null || window === null) return;
  inGesture(performance.now());
  look({ window: panned(window, extent, part) }, false);
}

/** Shows a range; a typed or clicked one gets no room around it. */
export function showRange(range: TimeRange): void {
  const extent = currentExtent();
  if (extent !== null) look({ window: clampWindow(range, extent), brush: null });
}
