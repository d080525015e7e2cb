/** A list of two-line rows with one current row: that of the anomalies, and that of the series. */
import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import type { MenuParts } from "../menu/parts.ts";
import { rowIndexOf, useMenu } from "../menu/places.ts";
import { useRevealed } from "../ui/use-revealed.ts";
import { VirtualList, type VirtualListHandle } from "../ui/virtual-list.tsx";
import { handleListKey } from "./list-keys.ts";

/** Pixels. */
const ROW = 44;

interface RowListProps {
  readonly label: string;
  /** Begins the ids of the rows: "anomaly" gives "anomaly-row-7". */
  readonly name: string;
  readonly count: number;
  /** -1 for none. */
  readonly current: number;
  readonly goTo: (row: number) => void;
  /** What stands in a row; null for one that is gone. */
  readonly renderRow: (row: number) => ReactNode;
  readonly dimmed?: (row: number) => boolean;
  readonly onEnter?: () => void;
  /** What the menu of a row offers; the row is the current one by then. */
  readonly menuOf: (row: number) => MenuParts;
}

export function RowList(props: RowListProps): ReactNode {
  const { label, name, count, current, goTo, renderRow, dimmed, onEnter, menuOf } = props;
  const place = useId();
  useMenu(place, ({ target }) => {
    const row = rowIndexOf(target);
    if (row === null) return null;
    goTo(row);
    return menuOf(row);
  });
  const list = useRef<VirtualListHandle>(null);
  const onRows = useRevealed(list, current);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") onEnter?.();
    handleListKey(event, { current, count, page: list.current?.pageRows() ?? 1 }, goTo);
  };
  return (
    <VirtualList
      handle={list}
      className="anomaly-rows"
      count={count}
      rowHeight={ROW}
      onRows={onRows}
      role="listbox"
      tabIndex={0}
      data-main
      data-menu={place}
      aria-label={label}
      aria-activedescendant={current < 0 ? undefined : `${name}-row-${current}`}
      onKeyDown={onKeyDown}
      renderRow={(row) => (
        <div
          id={`${name}-row-${row}`}
          className={row === current ? "anomaly-row current" : "anomaly-row"}
          data-dimmed={dimmed?.(row) === true || undefined}
          role="option"
          aria-selected={row === current}
          aria-posinset={row + 1}
          aria-setsize={count}
          onPointerDown={() => goTo(row)}
        >
          {renderRow(row)}
        </div>
      )}
    />
  );
}
