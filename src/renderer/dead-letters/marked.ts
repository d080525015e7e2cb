/** Dead letters that a person marked, to do something with all of them at once. */
import { create } from "zustand";

interface Marked {
  readonly ids: ReadonlySet<number>;
  /** Row of the last mark: a range begins there. */
  readonly from: number | null;
}

const NONE: Marked = { ids: new Set(), from: null };

export const useMarked = create<Marked>(() => NONE);

/** @param rows ids of the listed letters, by row; a range reaches from the last mark to this row. */
export function nextMarks(marked: Marked, rows: readonly number[], row: number, range: boolean): Marked {
  const id = rows[row];
  if (id === undefined) return marked;
  const ids = new Set(marked.ids);
  if (range && marked.from !== null) {
    const [first, last] = [Math.min(marked.from, row), Math.max(marked.from, row)];
    for (const one of rows.slice(first, last + 1)) ids.add(one);
  } else if (!ids.delete(id)) {
    ids.add(id);
  }
  return { ids, from: row };
}

export function markRow(rows: readonly number[], row: number, range = false): void {
  useMarked.setState((marked) => nextMarks(marked, rows, row, range));
}

export const clearMarks = (): void => useMarked.setState(NONE);
