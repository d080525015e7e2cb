/**
 * Where a right click means something: an element with `data-menu` names the place, the place says what its menu offers.
 * Nothing listens on a row; a list of any length costs one attribute.
 */
import { useEffect } from "react";
import { useLatest } from "../ui/use-latest.ts";
import type { MenuParts } from "./parts.ts";

export interface MenuSpot {
  /** What was clicked; of a key, the row that the keyboard is on. */
  readonly target: Element;
  /** Pixels of the page. */
  readonly x: number;
  readonly y: number;
}

/** Null where nothing stands that a menu could be about; then the place around it is asked. */
export type MenuOf = (spot: MenuSpot) => MenuParts | null;

const places = new Map<string, MenuOf>();

/** Answers for all elements with this `data-menu`, for as long as the component is on screen. */
export function useMenu(place: string, menuOf: MenuOf): void {
  const latest = useLatest(menuOf);
  useEffect(() => {
    const ask: MenuOf = (spot) => latest.current(spot);
    places.set(place, ask);
    return () => {
      if (places.get(place) === ask) places.delete(place);
    };
  }, [place, latest]);
}

/** The menu of the innermost place that has one here. */
export function menuAt(spot: MenuSpot): MenuParts | null {
  let element = spot.target.closest("[data-menu]");
  while (element !== null) {
    const menu = places.get(element.getAttribute("data-menu") ?? "")?.(spot) ?? null;
    const filled = menu?.filter((group) => group.length > 0) ?? [];
    if (filled.length > 0) return filled;
    element = element.parentElement?.closest("[data-menu]") ?? null;
  }
  return null;
}

/** The element that the keyboard is on: the current row of a list that keeps the focus itself. */
export function keyboardTarget(): Element | null {
  const { activeElement } = document;
  const row = activeElement?.getAttribute("aria-activedescendant") ?? null;
  return (row === null ? null : document.getElementById(row)) ?? activeElement;
}

/** Index of the row of a virtual list or a grid around an element; null beside all rows. */
export function rowIndexOf(target: Element): number | null {
  const row = target.closest("[aria-posinset], [role=row][data-index]");
  if (row === null) return null;
  const position = row.getAttribute("aria-posinset");
  return position === null ? Number(row.getAttribute("data-index")) : Number(position) - 1;
}
