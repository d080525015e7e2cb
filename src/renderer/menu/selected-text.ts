/** The menu of text that a person has marked: it can be searched, left out and copied. */
import { Copy, Filter, FilterX } from "lucide-react";
import { copy } from "../detail/copy.ts";
import { withText } from "../filter/terms.ts";
import { setFilter, useSelection } from "../state/selection.ts";
import type { MenuParts } from "./parts.ts";
import type { MenuSpot } from "./places.ts";

/** More than this is copied, not searched. */
const MOST_SEARCHED = 200;

export function selectedTextMenu({ target }: Pick<MenuSpot, "target">): MenuParts | null {
  const selection = globalThis.getSelection();
  const text = selection?.toString().trim() ?? "";
  if (selection === null || text === "" || !selection.containsNode(target, true)) return null;
  const isSearchable = text.length <= MOST_SEARCHED && !/[\r\n]/u.test(text);
  const search = (excluded: boolean) => () => setFilter(withText(useSelection.getState().filter, text, excluded));
  return [
    isSearchable
      ? [
          { title: "Filter for the selected text", icon: Filter, run: search(false) },
          { title: "Filter out the selected text", icon: FilterX, run: search(true) },
        ]
      : [],
    [{ title: "Copy", icon: Copy, keys: "$mod+c", run: () => copy("The selected text", text) }],
  ];
}
