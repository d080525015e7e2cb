/** The titles above the list's columns, with the borders that change their width. */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { COLUMN_TITLE, setColumnWidth, type ColumnId, type ListColumns } from "./columns.ts";

/** Pixels of one press of an arrow. */
const STEP = 8;

export function ListHead({ columns }: { readonly columns: ListColumns }): ReactNode {
  const { visible, widths } = columns;
  return (
    <div className="row head">
      <span>Time</span>
      <span className="cell-level">{columns.levelWords && COLUMN_TITLE.level}</span>
      <span className="cell-service">
        {COLUMN_TITLE.service}
        {visible.service && <WidthHandle id="service" width={widths.service} grows="right" />}
      </span>
      <span className="cell-message">Message</span>
      <span className="cell-source">
        {visible.source && <WidthHandle id="source" width={widths.source} grows="left" />}
        {COLUMN_TITLE.source}
      </span>
    </div>
  );
}

interface WidthHandleProps {
  readonly id: ColumnId;
  /** Pixels. */
  readonly width: number;
  /** Where the pointer or an arrow makes it wider. */
  readonly grows: "left" | "right";
}

/** https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/ */
function WidthHandle({ id, width, grows }: WidthHandleProps): ReactNode {
  const direction = grows === "right" ? 1 : -1;
  // Where the pointer took hold of it, and how wide the column was drawn then; null while nobody holds it.
  const held = useRef<{ readonly x: number; readonly drawn: number } | null>(null);
  const onPointerDown = ({ button, clientX, currentTarget, pointerId }: PointerEvent<HTMLElement>): void => {
    if (button !== 0) return;
    currentTarget.setPointerCapture(pointerId);
    held.current = { x: clientX, drawn: currentTarget.parentElement?.getBoundingClientRect().width ?? width };
  };
  const onPointerMove = ({ clientX }: PointerEvent): void => {
    if (held.current !== null) setColumnWidth(id, held.current.drawn + (clientX - held.current.x) * direction);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowRight") setColumnWidth(id, width + STEP * direction);
    else if (event.key === "ArrowLeft") setColumnWidth(id, width - STEP * direction);
    else if (event.key === "Home") setColumnWidth(id, null);
    else return;
    event.preventDefault();
  };
  return (
    <span
      className="width-handle"
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of the column ${COLUMN_TITLE[id]}`}
      aria-valuenow={width}
      title="Drag, or press an arrow, to change the width; double click for the usual one"
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        held.current = null;
      }}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setColumnWidth(id, null)}
    />
  );
}
