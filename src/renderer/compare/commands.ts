/** Commands of the comparison; those that begin one work in every view. */
import type { Command } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { useSelection } from "../state/selection.ts";
import {
  compareAroundOnset,
  compareWithBefore,
  explainSelection,
  move,
  chosenRow,
  swap,
  takeBrush,
  useComparison,
} from "./store.ts";
import { openRow, showRecords, sideOf } from "./ways.ts";

const hasBrush = (): boolean => useSelection.getState().brush !== null;
const hasCase = (): boolean => useCase.getState().info !== null;
const chosen = () => chosenRow(useComparison.getState());

export const compareCommands: readonly Command[] = [
  {
    id: "compare.explain",
    title: "Explain this selection: what sets it apart from the rest",
    group: "Timeline",
    keys: ["e"],
    when: () => hasBrush() || (hasCase() && useSelection.getState().filter.trim() !== ""),
    run: explainSelection,
  },
  {
    id: "compare.with-before",
    title: "Compare the selected range with the time before it",
    group: "Timeline",
    keys: ["Shift+E"],
    when: hasBrush,
    run: compareWithBefore,
  },
  {
    id: "compare.onset",
    title: "Compare before and after the onset",
    group: "Timeline",
    when: hasCase,
    run: compareAroundOnset,
  },
];

export const listCommands: readonly Command[] = [
  { id: "compare.next", title: "Next difference", group: "List", keys: ["j"], run: () => move(1) },
  { id: "compare.previous", title: "Previous difference", group: "List", keys: ["k"], run: () => move(-1) },
  {
    id: "compare.open",
    title: "Show the records or the series of the difference",
    group: "Go to",
    keys: ["g"],
    when: () => chosen() !== undefined,
    run: () => {
      const row = chosen();
      if (row !== undefined) openRow(row);
    },
  },
  {
    id: "compare.other-window",
    title: "Show its records in the other window",
    group: "Go to",
    when: () => chosen() !== undefined,
    run: () => {
      const row = chosen();
      if (row !== undefined) showRecords(row, sideOf(row) === "a" ? "b" : "a");
    },
  },
  { id: "compare.swap", title: "Swap A and B", group: "List", keys: ["x"], run: swap },
  {
    id: "compare.take-a",
    title: "Take the selected range for A",
    group: "List",
    when: hasBrush,
    run: () => takeBrush("a"),
  },
  {
    id: "compare.take-b",
    title: "Take the selected range for B",
    group: "List",
    when: hasBrush,
    run: () => takeBrush("b"),
  },
];
