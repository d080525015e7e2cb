/** The columns that fit the list as wide as it is now. */
import { useLayoutEffect, useMemo, useRef, type RefObject } from "react";
import { columnsFor, useColumns, type ListColumns } from "./columns.ts";

/** Pixels: nothing changes between widths as near as that, and a dragged border draws the list less often. */
const STEP = 20;

export function useListColumns(): { readonly ref: RefObject<HTMLElement | null>; readonly columns: ListColumns } {
  const ref = useRef<HTMLElement | null>(null);
  const { choices, room } = useColumns();
  useLayoutEffect(() => {
    const node = ref.current;
    if (node === null) return undefined;
    const measure = (): void => useColumns.setState({ room: Math.floor(node.clientWidth / STEP) * STEP });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const columns = useMemo(() => columnsFor(room, choices), [room, choices]);
  return { ref, columns };
}
