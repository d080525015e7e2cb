/** How the import panel is narrowed and sorted; kept while another view is shown. */
import { create } from "zustand";
import { nextSort, type Sort } from "../ui/data-grid.tsx";
import type { Narrowing } from "./order.ts";

interface PanelState extends Narrowing {
  readonly sort: Sort | null;
}

export const usePanel = create<PanelState>(() => ({ text: "", state: null, sort: null }));

export const narrow = (narrowing: Partial<Narrowing>): void => usePanel.setState(narrowing);

export const sortBy = (column: string): void => usePanel.setState(({ sort }) => ({ sort: nextSort(sort, column) }));
