/** What can be done with whatever is selected, in every view. */
import type { Command } from "../commands/registry.ts";
import { copiesFocus, copyFocus } from "./copy.ts";

export const detailCommands: readonly Command[] = [
  {
    id: "detail.copy",
    title: "Copy the selected record",
    group: "List",
    keys: ["$mod+c"],
    when: copiesFocus,
    run: () => copyFocus("text"),
  },
  {
    id: "detail.copy-json",
    title: "Copy the selected record as JSON",
    group: "List",
    keys: ["$mod+Shift+c"],
    when: copiesFocus,
    run: () => copyFocus("json"),
  },
];
