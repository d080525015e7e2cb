/** Dead letters that a person marked, to do something with all of them at once. */
import { create } from "zustand";

interface Marked {
  readonly ids: ReadonlySet<number>;
  /** Row of the last mark: a range begins there. */
  readonly from: number | null;
}

const NONE: Marked = { ids: new Set(), from: null };

export const useMarked = create<Marked>(() => NONE);

/** The letter of a row becomes marked, or is one no more. */
export function toggled(marked: Marked, id: number, row: number): Marked {
  const ids = new Set(marked.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, from: row };
}

/** All letters from the last mark to this row become marked too. */
export const widened = (marked: Marked, ids: readonly number[], row: number): Marked => ({
  ids: new Set([...marked.ids, ...ids]),
  from: row,
});

export const clearMarks = (): void => useMarked.setState(NONE);
