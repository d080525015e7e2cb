/** Commands of the list; they work wherever the keyboard is, as long as the list is on screen. */
import type { Command } from "../commands/registry.ts";
import { followRow } from "../shell/pane-focus.ts";
import { useFocus } from "../state/focus.ts";
import { toggle, useLayout } from "../state/layout.ts";
import { attempt } from "../state/notices.ts";
import { setSamples, useSelection } from "../state/selection.ts";
import { COLUMN_TITLE, COLUMNS, resetColumns, toggleColumn } from "./columns.ts";
import { copyRows } from "./copy-rows.ts";
import { moveCursor, selectError } from "./store.ts";

function walk(step: 1 | -1): void {
  followRow();
  moveCursor(step);
}

function walkErrors(direction: "next" | "previous"): void {
  followRow();
  attempt(() => selectError(direction));
}

export const listCommands: readonly Command[] = [
  { id: "list.next", title: "Next row", group: "List", keys: ["j"], run: () => walk(1) },
  { id: "list.previous", title: "Previous row", group: "List", keys: ["k"], run: () => walk(-1) },
  {
    id: "list.next-error",
    title: "Next error",
    group: "List",
    keys: ["[Shift]+}"],
    run: () => walkErrors("next"),
  },
  {
    id: "list.previous-error",
    title: "Previous error",
    group: "List",
    keys: ["[Shift]+{"],
    run: () => walkErrors("previous"),
  },
  {
    id: "list.detail",
    title: "Show the row in the detail",
    group: "List",
    keys: ["Enter"],
    when: () => useFocus.getState().focus !== null && document.activeElement?.matches("button, a") !== true,
    run: () => {
      useLayout.setState({ detailOpen: true });
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-pane=detail] [data-main]")?.focus());
    },
  },
  { id: "list.copy", title: "Copy the listed rows as text", group: "List", keys: ["y"], run: () => copyRows("text") },
  {
    id: "list.copy-json",
    title: "Copy the listed rows as JSON",
    group: "List",
    keys: ["Shift+Y"],
    run: () => copyRows("json"),
  },
  { id: "list.wrap", title: "Wrap long messages", group: "List", keys: ["w"], run: () => toggle("wrapped") },
  ...COLUMNS.map((id): Command => ({
    id: `list.column-${id}`,
    title: `Show or hide the column ${COLUMN_TITLE[id]}`,
    group: "List",
    run: () => toggleColumn(id),
  })),
  { id: "list.columns", title: "Columns of the list: as many and as wide as fit", group: "List", run: resetColumns },
  {
    id: "list.samples",
    title: "List or hide metric samples",
    group: "List",
    run: () => setSamples(!useSelection.getState().samples),
  },
];
