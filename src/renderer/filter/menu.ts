/** What the menu of a value offers: to look at it alone, to leave it out, to copy it. */
import { Copy, Filter, FilterX } from "lucide-react";
import { copy } from "../detail/copy.ts";
import type { MenuAction, MenuParts } from "../menu/parts.ts";
import type { MenuSpot } from "../menu/places.ts";
import { setFilter, useSelection } from "../state/selection.ts";
import { setTerm, termState, type TermState } from "./terms.ts";

const change = (field: string, value: string, state: TermState): void =>
  setFilter(setTerm(useSelection.getState().filter, field, value, state));

/** Both ways to filter by `field:value`, or to stop doing so. @param shown the value in words. */
export function termActions(field: string, value: string, shown: string = value): readonly MenuAction[] {
  const state = termState(useSelection.getState().filter, field, value);
  const action = (words: string, icon: typeof Filter, next: TermState): MenuAction => ({
    title: `${words} ${field}: ${shown}`,
    icon,
    run: () => change(field, value, next),
  });
  return [
    state === "included" ? action("No longer filter for", Filter, null) : action("Filter for", Filter, "included"),
    state === "excluded" ? action("No longer filter out", FilterX, null) : action("Filter out", FilterX, "excluded"),
  ];
}

/** Elements that show a value say so by attributes: `data-value`, and `data-field` where the filter knows it. */
export function termMenu({ target }: Pick<MenuSpot, "target">): MenuParts | null {
  const element = target.closest<HTMLElement>("[data-value]");
  if (element === null) return null;
  const { field, value = "", shown = value } = element.dataset;
  return [
    field === undefined || value === "" ? [] : termActions(field, value, shown),
    [{ title: "Copy the value", icon: Copy, run: () => copy("The value", value) }],
  ];
}
