import type { Command } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { setFilter, useSelection } from "../state/selection.ts";

function focusFilter(): void {
  const input = document.querySelector<HTMLInputElement>("[data-filter]");
  input?.focus();
  input?.select();
}

const hasCase = (): boolean => useCase.getState().info !== null;

export const filterCommands: readonly Command[] = [
  { id: "filter.focus", title: "Filter", group: "Filter", keys: ["/", "$mod+f"], when: hasCase, run: focusFilter },
  {
    id: "filter.clear",
    title: "Clear the filter",
    group: "Filter",
    when: () => useSelection.getState().filter !== "",
    run: () => setFilter(""),
  },
  {
    id: "filter.errors",
    title: "Only errors",
    group: "Filter",
    when: hasCase,
    run: () => setFilter("level>=error"),
  },
];
