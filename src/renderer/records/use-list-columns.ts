/** The columns that fit the list as wide as it is now. */
import { useLayoutEffect, useMemo, useRef, type RefObject } from "react";
import { textWidth } from "../ui/text-width.ts";
import { columnsFor, useColumns, type ListColumns } from "./columns.ts";

/** Pixels: nothing changes between widths as near as that, and a dragged border draws the list less often. */
const STEP = 20;

export function useListColumns(): { readonly ref: RefObject<HTMLElement | null>; readonly columns: ListColumns } {
  const ref = useRef<HTMLElement | null>(null);
  const { choices, room } = useColumns();
  useLayoutEffect(() => {
    const node = ref.current;
    if (node === null) return undefined;
    const message = node.querySelector(".row.head .cell-message");
    const measure = (): void =>
      useColumns.setState({
        room: Math.floor(node.clientWidth / STEP) * STEP,
        letters: Math.floor((message?.clientWidth ?? 0) / letterWidth(node)),
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    // Its neighbours come, go and widen while the list stays as wide as it is.
    if (message !== null) observer.observe(message);
    return () => observer.disconnect();
  }, []);
  const columns = useMemo(() => columnsFor(room, choices), [room, choices]);
  return { ref, columns };
}

const SAMPLE = "0".repeat(64);

/** Pixels of one letter of the rows' face. */
function letterWidth(node: HTMLElement): number {
  const style = getComputedStyle(node);
  const font = `${style.getPropertyValue("--size-data")} ${style.getPropertyValue("--mono")}`;
  return textWidth(font, SAMPLE) / SAMPLE.length;
}
