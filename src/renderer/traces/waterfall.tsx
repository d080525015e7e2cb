/**
 * The waterfall: the tree as rows that assistive technology reads, the bars beside it on one canvas. Zoom and hover
 * repaint the canvas alone; only scrolling and the tree itself go through React.
 */
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from "react";
import { toggle, useLayout, useRowHeight } from "../state/layout.ts";
import { useCanvas } from "./canvas.ts";
import { recordNear } from "./draw-notes.ts";
import { drawAxis, drawBars, type Scene } from "./draw.ts";
import { xToTime } from "./layout.ts";
import { markedSpans, openRecord, useNotes } from "./notes-state.ts";
import { palette } from "./palette.ts";
import type { TraceRecord } from "./sections.ts";
import { SpanRow, spanRowId } from "./span-row.tsx";
import { useRowScroll } from "./use-row-scroll.ts";
import {
  expandAll,
  panTime,
  point,
  rowOf,
  select,
  selectRow,
  stepIn,
  stepOut,
  stepRow,
  useWaterfall,
  zoomBy,
} from "./waterfall-state.ts";

interface WaterfallProps {
  readonly hues: readonly (number | null)[];
}

const LEAST_LABEL = 160;

export function Waterfall({ hues }: WaterfallProps): ReactNode {
  const model = useWaterfall((state) => state.model);
  const rows = useWaterfall((state) => state.rows);
  const selected = useWaterfall((state) => state.selected);
  const found = useWaterfall((state) => state.found);
  const rowHeight = useRowHeight();
  const body = useRef<HTMLDivElement>(null);
  const { offset, viewport, tall, onScreen, reveal, pageRows } = useRowScroll(body, rows.length, rowHeight);
  const [labelWidth, setLabelWidth] = useState(320);
  const isFound = useMemo(() => {
    const spans = new Uint8Array(model.count);
    for (const position of found) spans[model.order[position] ?? 0] = 1;
    return spans;
  }, [found, model]);

  const scene = (): Scene => {
    const { critical, isCriticalShown, marks, findings, finding } = useNotes.getState();
    return {
      ...useWaterfall.getState(),
      rowHeight,
      offset,
      hues,
      critical: isCriticalShown ? critical : null,
      marks,
      marked: markedSpans({ findings, finding }),
      palette: palette(),
    };
  };
  const {
    ref: barsRef,
    redraw: redrawBars,
    drawNow: drawBarsNow,
  } = useCanvas((context, width, height) => drawBars(context, scene(), width, height));
  const { ref: axisRef, redraw: redrawAxis } = useCanvas((context, width, height) =>
    drawAxis(context, scene(), width, height),
  );
  // Together with the rows, so that bars and names never part while scrolling.
  useLayoutEffect(() => drawBarsNow());
  useEffect(() => {
    const stops = [
      useWaterfall.subscribe(() => {
        redrawBars();
        redrawAxis();
      }),
      useNotes.subscribe(redrawBars),
    ];
    return () => stops.forEach((stop) => stop());
  }, [redrawBars, redrawAxis]);

  const revealed = useRef<number | null>(null);
  useEffect(() => {
    // Only a new selection scrolls; opening a branch elsewhere does not.
    if (revealed.current === selected) return;
    revealed.current = selected;
    const row = rowOf({ rows, model }, selected);
    if (row >= 0) reveal(row);
  }, [selected, model, rows, reveal]);

  useWheel(barsRef);
  // Whoever came by the keyboard goes on with it.
  useEffect(() => {
    if (document.activeElement === document.body) body.current?.focus({ preventScroll: true });
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key !== "*")) return;
    const act = keyAction(event.key, pageRows());
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const spanAt = (event: PointerEvent<HTMLElement>): number | null => {
    const { top } = event.currentTarget.getBoundingClientRect();
    return rows[Math.floor((event.clientY - top + offset) / rowHeight)] ?? null;
  };

  const shown: ReactNode[] = [];
  for (let row = onScreen.first; row < onScreen.end; row += 1) {
    const index = rows[row];
    if (index === undefined) continue;
    shown.push(
      <SpanRow
        key={index}
        index={index}
        top={Math.round(row * rowHeight - offset)}
        hue={hues[model.service[index] ?? 0] ?? null}
        dimmed={found.length > 0 && isFound[index] !== 1}
      />,
    );
  }
  return (
    <div className="waterfall">
      <div className="waterfall-head">
        <div className="waterfall-head-label" style={{ width: labelWidth }}>
          Service and operation
        </div>
        <canvas ref={axisRef} className="waterfall-axis" aria-hidden />
      </div>
      <div
        ref={body}
        className="waterfall-body"
        role="tree"
        tabIndex={0}
        data-main
        aria-label={`Spans of the trace, ${rows.length} rows`}
        aria-activedescendant={selected === null ? undefined : spanRowId(selected)}
        onKeyDown={onKeyDown}
        onPointerLeave={() => point(null, null)}
      >
        <div style={{ height: tall }}>
          <div className="waterfall-layer" style={{ height: Math.min(viewport, tall) }}>
            <div
              className="waterfall-labels"
              role="presentation"
              style={{ width: labelWidth }}
              onPointerMove={(event) => point(spanAt(event), null)}
            >
              {shown}
            </div>
            <canvas
              ref={barsRef}
              className="waterfall-bars"
              aria-hidden
              onPointerDown={(event) => {
                const span = spanAt(event);
                const record = recordUnder(event, span);
                if (record === null) startPan(event, span);
                else openRecord(record);
              }}
              onPointerMove={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                const { view } = useWaterfall.getState();
                point(spanAt(event), xToTime(event.clientX - box.left, view, box.width));
              }}
            />
          </div>
        </div>
      </div>
      <LabelBorder width={labelWidth} onWidth={setLabelWidth} />
    </div>
  );
}

/** The record whose mark was pressed. */
function recordUnder(event: PointerEvent<HTMLCanvasElement>, index: number | null): TraceRecord | null {
  const { marks } = useNotes.getState();
  if (index === null || marks === null || event.button !== 0) return null;
  const { left, width } = event.currentTarget.getBoundingClientRect();
  const { view } = useWaterfall.getState();
  return recordNear(marks, { index, view, width }, xToTime(event.clientX - left, view, width));
}

function showDetail(): void {
  if (!useLayout.getState().detailOpen) toggle("detailOpen");
}

function keyAction(key: string, page: number): (() => void) | undefined {
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
function useWheel(ref: { readonly current: HTMLCanvasElement | null }): void {
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
function startPan(event: PointerEvent<HTMLCanvasElement>, index: number | null): void {
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

interface LabelBorderProps {
  readonly width: number;
  readonly onWidth: (width: number) => void;
}

/** Between names and bars. */
function LabelBorder({ width, onWidth }: LabelBorderProps): ReactNode {
  const resize = (wanted: number, whole: number): void => onWidth(Math.min(whole - 200, Math.max(LEAST_LABEL, wanted)));
  return (
    <div
      className="waterfall-border"
      style={{ left: width - 3 }}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the names"
      aria-valuenow={width}
      aria-valuemin={LEAST_LABEL}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const { currentTarget: border } = event;
        const box = border.parentElement?.getBoundingClientRect();
        if (box !== undefined && border.hasPointerCapture(event.pointerId)) resize(event.clientX - box.left, box.width);
      }}
      onKeyDown={(event) => {
        const whole = event.currentTarget.parentElement?.clientWidth ?? 0;
        if (event.key === "ArrowLeft") resize(width - 16, whole);
        else if (event.key === "ArrowRight") resize(width + 16, whole);
        else return;
        event.preventDefault();
      }}
    />
  );
}
