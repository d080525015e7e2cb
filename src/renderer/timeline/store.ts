/** What the chart knows beyond the shared state: its width, and the window it shows. */
import { useMemo } from "react";
import type { CaseInfo } from "../../shared/contract.ts";
import { useCase } from "../state/case.ts";
import { homeOf, useHome } from "../state/home.ts";
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

const roomOf = (home: ReturnType<typeof homeOf>): TimeRange | null => extentOf(home?.from ?? null, home?.to ?? null);

/** What is drawn where no window is chosen. */
export function useHomeWindow(): TimeRange | null {
  const home = useHome();
  return useMemo(() => roomOf(home), [home]);
}

const currentWindow = (): TimeRange | null => useSelection.getState().window ?? roomOf(homeOf(useCase.getState().info));

/** A window as it is kept: null draws the home, which is less than all where a few records lie far away. */
export function kept(window: TimeRange | null, extent: TimeRange): TimeRange | null {
  const isParted = (useCase.getState().info?.main ?? null) !== null;
  return window ?? (isParted ? extent : null);
}

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
  look({ window: kept(zoomed(window, extent, factor, at ?? (window.from + window.to) / 2), extent) }, false);
}

export function panBy(part: number): void {
  const extent = currentExtent();
  const window = currentWindow();
  if (extent === null || window === null) return;
  inGesture(performance.now());
  look({ window: kept(panned(window, extent, part), extent) }, false);
}

/** Shows a range; a typed or clicked one gets no room around it. */
export function showRange(range: TimeRange): void {
  const extent = currentExtent();
  if (extent !== null) look({ window: kept(clampWindow(range, extent), extent), brush: null });
}

export type Far = NonNullable<NonNullable<CaseInfo["main"]>["before"]>;

/** Shows records that lie far from the others, with a little room; there is no time before the epoch. */
export function showFar({ from, to }: Far): void {
  const range = extentOf(from, to);
  if (range !== null) showRange({ from: Math.max(0, range.from), to: range.to });
}

/** All of the time, far records too. */
export function showAllTime(): void {
  const extent = currentExtent();
  if (extent !== null) showRange(extent);
}
