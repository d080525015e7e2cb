/** Which dead letters are listed; other views set it when they point here. */
import { create } from "zustand";
import { showView } from "../state/layout.ts";

interface DeadLetterFilter {
  /** Null lists those of all sources. */
  readonly sourceId: number | null;
  readonly reason: string | null;
  /** Words that message or reason hold; empty lists all. */
  readonly text: string;
}

export const useDeadLetterFilter = create<DeadLetterFilter>(() => ({ sourceId: null, reason: null, text: "" }));

export const filterDeadLetters = (change: Partial<DeadLetterFilter>): void => useDeadLetterFilter.setState(change);

/** Opens the view with the dead letters of one source, or of all. */
export function showDeadLetters(sourceId: number | null): void {
  useDeadLetterFilter.setState({ sourceId, reason: null, text: "" });
  showView("dead-letters");
}
