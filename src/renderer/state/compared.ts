/** The two windows that are compared, so that the timeline can draw them; null while nothing is compared. */
import { create } from "zustand";
import type { TimeRange } from "./selection.ts";

interface ComparedState {
  readonly a: TimeRange | null;
  readonly b: TimeRange | null;
}

export const useCompared = create<ComparedState>(() => ({ a: null, b: null }));
