/** The pointer on the chart: hover, brush, pan, zoom, select. */
import { useEffect, useState, type RefObject } from "react";
import type { Lane } from "../../shared/model/event.ts";
import { focusOn, hoverAt, locate } from "../state/focus.ts";
import { fit, look, rememberLook, useSelection, type TimeRange } from "../state/selection.ts";
import { useLatest } from "../ui/use-latest.ts";
import { isIn, type ChartLayout } from "./layout.ts";
import { hitMark, type Mark } from "./marks.ts";
import { currentExtent, kept, panBy, zoomBy } from "./store.ts";
import { clampWindow, rangeBetween, timeAt, xOf, type TimeScale } from "./window.ts";

interface PointerInput {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly layout: ChartLayout;
  readonly scale: TimeScale;
  readonly marks: ReadonlyMap<Lane, readonly Mark[]>;
  readonly enabled: boolean;
}

interface PointerState {
  /** The pointer is over the plot. */
  readonly over: boolean;
  readonly mark: Mark | null;
  /** The brush while it is being drawn. */
  readonly dragged: TimeRange | null;
}

/** What the pointer is about, told to whoever draws it. */
export class ChartPointer {
  state: PointerState = { over: false, mark: null, dragged: null };
  readonly #listeners = new Set<() => void>();

  set(change: Partial<PointerState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Pixels that make a drag of a press. */
const DRAG = 4;
/** Pixels beside an end of the brush that take hold of it. */
const HOLD = 5;
/** Zoom of one notch of a wheel (100 px): a fifth. */
const WHEEL_ZOOM = 0.0018;

type Drag =
  | { readonly type: "brush"; readonly startX: number; readonly anchor: number }
  | { readonly type: "pan"; readonly startX: number; readonly window: TimeRange };

export function usePointer(input: PointerInput): ChartPointer {
  const latest = useLatest(input);
  const [pointer] = useState(() => new ChartPointer());
  const { element } = input;

  useEffect(() => {
    const node = element.current;
    if (node === null) return undefined;
    const stop = new AbortController();
    let drag: Drag | null = null;
    let moved = false;

    const place = (event: MouseEvent): { x: number; y: number; time: number } => {
      const box = node.getBoundingClientRect();
      const x = event.clientX - box.left;
      return { x, y: event.clientY - box.top, time: timeAt(x, latest.current.scale) };
    };
    const inPlot = (x: number): boolean => x >= latest.current.layout.left && x <= latest.current.layout.right;
    const markAt = (x: number, y: number): Mark | null => {
      const { layout, marks } = latest.current;
      const band = layout.lanes.find((lane) => isIn(y, lane));
      return band === undefined ? null : hitMark(marks.get(band.lane) ?? [], x);
    };
    /** The end of the brush that stays when the other is dragged. */
    const heldEnd = (x: number): number | null => {
      const { brush } = useSelection.getState();
      if (brush === null) return null;
      if (Math.abs(x - xOf(brush.from, latest.current.scale)) <= HOLD) return brush.to;
      return Math.abs(x - xOf(brush.to, latest.current.scale)) <= HOLD ? brush.from : null;
    };

    const onDown = (event: PointerEvent): void => {
      const { x, y, time } = place(event);
      if (event.button !== 0 || !latest.current.enabled || !inPlot(x)) return;
      if (event.target instanceof Element && event.target.closest("button") !== null) return;
      moved = false;
      const pans = isIn(y, latest.current.layout.axis) || event.shiftKey;
      drag = pans
        ? { type: "pan", startX: x, window: latest.current.scale.window }
        : { type: "brush", startX: x, anchor: heldEnd(x) ?? time };
      node.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent): void => {
      const { x, y, time } = place(event);
      const { layout, scale } = latest.current;
      if (drag === null) {
        const over = inPlot(x) && latest.current.enabled;
        const mark = over ? markAt(x, y) : null;
        const edge = isIn(y, layout.axis) ? "grab" : heldEnd(x) === null ? "" : "ew-resize";
        node.style.cursor = edge === "" && mark !== null ? "pointer" : edge;
        hoverAt(over ? time : null);
        pointer.set({ over, mark });
        return;
      }
      if (!moved && Math.abs(x - drag.startX) < DRAG) return;
      if (drag.type === "pan") {
        if (!moved) rememberLook();
        const extent = currentExtent();
        const { from, to } = drag.window;
        const shift = ((drag.startX - x) / (scale.right - scale.left)) * (to - from);
        if (extent !== null)
          look({ window: kept(clampWindow({ from: from + shift, to: to + shift }, extent), extent) }, false);
      } else {
        const inside = Math.min(Math.max(time, scale.window.from), scale.window.to);
        hoverAt(inside);
        pointer.set({ mark: null, dragged: rangeBetween(drag.anchor, inside) });
      }
      moved = true;
    };
    const onUp = (event: PointerEvent): void => {
      const ended = drag;
      drag = null;
      if (ended === null) return;
      const { x, y, time } = place(event);
      const brush = pointer.state.dragged;
      pointer.set({ dragged: null });
      if (moved) {
        if (brush !== null) look({ brush });
        return;
      }
      const mark = markAt(x, y);
      if (mark !== null) {
        focusOn({ type: "event", id: mark.event.id }, mark.event.time);
        locate({ ref: `e${mark.event.id}` });
        return;
      }
      // A click beside everything takes the brush away; without one it brings the list to that moment.
      if (useSelection.getState().brush !== null) look({ brush: null });
      else if (ended.type === "brush") locate({ time: Math.floor(time) });
    };
    const onLeave = (): void => {
      if (drag !== null) return;
      hoverAt(null);
      pointer.set({ over: false, mark: null });
    };
    const onWheel = (event: WheelEvent): void => {
      const { x, time } = place(event);
      if (!latest.current.enabled) return;
      event.preventDefault();
      const { left, right } = latest.current.scale;
      const unit = event.deltaMode === 0 ? 1 : 33;
      const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (event.shiftKey || Math.abs(across) > Math.abs(event.deltaY)) panBy((across * unit) / (right - left));
      else zoomBy(Math.exp(event.deltaY * unit * WHEEL_ZOOM), inPlot(x) ? time : null);
    };
    const onDouble = (event: MouseEvent): void => {
      const { x, y } = place(event);
      if (inPlot(x) && markAt(x, y) === null) fit();
    };
    const { signal } = stop;
    node.addEventListener("pointerdown", onDown, { signal });
    node.addEventListener("pointermove", onMove, { signal });
    node.addEventListener("pointerup", onUp, { signal });
    node.addEventListener("pointercancel", onUp, { signal });
    node.addEventListener("pointerleave", onLeave, { signal });
    node.addEventListener("wheel", onWheel, { signal, passive: false });
    node.addEventListener("dblclick", onDouble, { signal });
    return () => stop.abort();
  }, [element, latest, pointer]);

  return pointer;
}
