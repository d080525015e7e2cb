/** A table of any length under column heads: one cursor for pointer and keys, only the rows on screen exist. */
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import type { MenuParts } from "../menu/parts.ts";
import { rowIndexOf, useMenu } from "../menu/places.ts";
import { useRowHeight } from "../state/layout.ts";
import type { RowRange } from "./scroller.ts";
import { VirtualList, type VirtualListHandle } from "./virtual-list.tsx";
import "./data-grid.css";

export interface Column {
  readonly id: string;
  readonly title: string;
  /** Of a word that is too short to explain itself. */
  readonly hint?: string;
  /** Numbers stand at the end of their column. */
  readonly end?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

interface DataGridProps {
  readonly label: string;
  /** Sets `--columns`, a grid template of as many tracks as it shows columns. */
  readonly className: string;
  readonly columns: readonly Column[];
  readonly count: number;
  /** Cells of a row, made with {@link Cell}. */
  readonly renderCells: (index: number) => ReactNode;
  /** Index of the row that the keys move; -1 for none. */
  readonly cursor: number;
  readonly onCursor: (index: number) => void;
  /** Enter or a double click. */
  readonly onOpen?: (index: number) => void;
  /** Other keys on a row; true when it was for the row. */
  readonly onKey?: (event: KeyboardEvent, index: number) => boolean;
  /** What the menu of a row offers; the cursor is on the row by then. */
  readonly menuOf?: (index: number) => MenuParts;
  readonly sort?: Sort | null;
  /** Makes the column heads buttons. */
  readonly onSort?: (column: string) => void;
  readonly onRows?: (rows: RowRange) => void;
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("button, a, input, [role=menu]") !== null;

export function DataGrid(props: DataGridProps): ReactNode {
  const { label, className, columns, count, renderCells, cursor, onCursor, onOpen, onKey, menuOf } = props;
  const { sort, onSort, onRows } = props;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualListHandle>(null);
  const rowHeight = useRowHeight();

  useEffect(() => {
    if (cursor >= 0) list.current?.reveal(cursor);
  }, [cursor]);

  useMenu(id, ({ target }) => {
    const index = rowIndexOf(target);
    if (index === null || menuOf === undefined) return null;
    onCursor(index);
    return menuOf(index);
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isControl(event.target)) return;
    const page = list.current?.pageRows() ?? 10;
    const goals: Readonly<Record<string, number>> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor < 0 ? count - 1 : cursor - 1,
      j: cursor + 1,
      k: cursor - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
      Home: 0,
      End: count - 1,
    };
    const goal = goals[event.key];
    if (goal !== undefined && count > 0) onCursor(Math.min(Math.max(0, goal), count - 1));
    else if (event.key === "Enter" && cursor >= 0 && onOpen !== undefined) onOpen(cursor);
    else if (cursor < 0 || onKey?.(event, cursor) !== true) return;
    event.preventDefault();
  };

  const rowAt = (event: MouseEvent): number | null => {
    const row = event.target instanceof Element ? event.target.closest("[role=row][data-index]") : null;
    return row === null ? null : Number(row.getAttribute("data-index"));
  };

  return (
    <div
      ref={grid}
      className={`data-grid ${className}`}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={cursor >= 0 && cursor < count ? `${id}-${cursor}` : undefined}
      tabIndex={0}
      data-main
      data-menu={menuOf === undefined ? undefined : id}
      onKeyDown={onKeyDown}
    >
      <div className="grid-head" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <Head key={column.id} column={column} sort={sort ?? null} onSort={onSort} />
        ))}
      </div>
      <VirtualList
        handle={list}
        role="rowgroup"
        tabIndex={-1}
        count={count}
        rowHeight={rowHeight}
        {...(onRows === undefined ? {} : { onRows })}
        onMouseDown={(event) => {
          const index = rowAt(event);
          if (index === null || event.button !== 0) return;
          onCursor(index);
          if (isControl(event.target)) return;
          // The grid keeps the keyboard, whichever row was clicked.
          event.preventDefault();
          grid.current?.focus({ preventScroll: true });
        }}
        onDoubleClick={(event) => {
          const index = rowAt(event);
          if (index !== null && !isControl(event.target)) onOpen?.(index);
        }}
        renderRow={(index) => (
          <div
            id={`${id}-${index}`}
            className="grid-row"
            role="row"
            aria-rowindex={index + 2}
            aria-selected={index === cursor}
            data-index={index}
          >
            {renderCells(index)}
          </div>
        )}
      />
    </div>
  );
}

interface HeadProps {
  readonly column: Column;
  readonly sort: Sort | null;
  readonly onSort: ((column: string) => void) | undefined;
}

function Head({ column: { id, title, hint, end }, sort, onSort }: HeadProps): ReactNode {
  const sorted = sort?.column === id ? (sort.descending ? "descending" : "ascending") : "none";
  const Arrow = sorted === "descending" ? ArrowDown : ArrowUp;
  return (
    <span role="columnheader" className={end === true ? "end" : ""} data-column={id} aria-sort={sorted} title={hint}>
      {onSort === undefined ? (
        title
      ) : (
        <button type="button" tabIndex={-1} onClick={() => onSort(id)}>
          {title}
          {sorted !== "none" && <Arrow size={11} aria-hidden />}
        </button>
      )}
    </span>
  );
}

interface CellProps {
  readonly column: string;
  readonly end?: boolean;
  readonly className?: string;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
}

export function Cell({ column, end = false, className = "", title, children }: CellProps): ReactNode {
  return (
    <span role="gridcell" data-column={column} className={`${end ? "end " : ""}${className}`} title={title}>
      {children}
    </span>
  );
}

/** The next way to sort by a column: ascending, descending, not at all. */
export function nextSort(sort: Sort | null, column: string): Sort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}
