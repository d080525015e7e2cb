/** Keeps the current row of a virtual list in sight, also when the list comes back on screen. */
import { useCallback, useEffect, useState, type RefObject } from "react";
import type { RowRange } from "./scroller.ts";
import type { VirtualListHandle } from "./virtual-list.tsx";

/**
 * @param row -1 when no row is current
 * @returns what the list's `onRows` must call: until rows are on screen, the list has no height to reveal a row in
 */
export function useRevealed(list: RefObject<VirtualListHandle | null>, row: number): (rows: RowRange) => void {
  const [isMeasured, setMeasured] = useState(false);
  useEffect(() => {
    if (isMeasured && row >= 0) list.current?.reveal(row);
  }, [list, row, isMeasured]);
  return useCallback((rows) => setMeasured(rows.end > rows.first), []);
}
