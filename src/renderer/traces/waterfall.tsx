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
import { useMenu } from "../menu/places.ts";
import { useRowHeight } from "../state/layout.ts";
import { useCanvas } from "./canvas.ts";
import { drawAxis, drawBars, type Scene } from "./draw.ts";
import { LabelBorder } from "./label-border.tsx";
import { xToTime } from "./layout.ts";
import { markedSpans, openRecord, useNotes } from "./notes-state.ts";
import { spanMenu } from "./menu.ts";
import { palette } from "./palette.ts";
import { SpanRow, spanRowId } from "./span-row.tsx";
import { useRowScroll } from "./use-row-scroll.ts";
import { keyAction, recordUnder, startPan, useWheel } from "./waterfall-gestures.ts";
import { point, rowOf, useWaterfall } from "./waterfall-state.ts";

interface WaterfallProps {
  readonly hues: readonly (number | null)[];
}

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
  const spanAtY = (y: number, { top }: DOMRect): number | null =>
    rows[Math.floor((y - top + offset) / rowHeight)] ?? null;
  const spanAt = (event: PointerEvent<HTMLElement>): number | null =>
    spanAtY(event.clientY, event.currentTarget.getBoundingClientRect());
  useMenu("spans", ({ target, y }) => {
    const box = barsRef.current?.getBoundingClientRect();
    if (box === undefined) return null;
    // A key is about the selected row, on the row itself or on the tree around it.
    const row = target.closest("[role=treeitem]")?.id;
    const index = selected !== null && row === spanRowId(selected) ? selected : spanAtY(y, box);
    return index === null ? null : spanMenu(index);
  });

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
        data-menu="spans"
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
