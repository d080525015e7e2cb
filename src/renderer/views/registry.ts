/** The views that exist: every sibling folder whose `index.ts` exports one. */
import type { ComponentType } from "react";
import type { Focus } from "../state/focus.ts";
import type { View } from "./view.ts";

const modules = import.meta.glob<View>("../*/index.ts", { eager: true, import: "default" });

export function ordered(found: readonly View[]): readonly View[] {
  const ids = new Set<string>();
  const places = new Set<number>();
  for (const { id, place } of found) {
    if (ids.has(id)) throw new Error(`two views are called ${id}`);
    if (place > 0 && places.has(place)) throw new Error(`the view ${id} wants place ${place}, which is taken`);
    ids.add(id);
    places.add(place);
  }
  return [...found].sort((a, b) => a.place - b.place);
}

export const VIEWS = ordered(Object.values(modules));
/** Views of the case stand before those of the app, whatever their keys. */
export const RAIL_VIEWS = VIEWS.filter((view) => view.place > 0).toSorted(
  (a, b) => Number(a.apart === true) - Number(b.apart === true) || a.place - b.place,
);

export const viewById = (id: string): View | undefined => VIEWS.find((view) => view.id === id);

/** The panel that shows this kind of focus; undefined where no view brings one. */
export function detailPanel(focus: Focus): ComponentType<{ readonly focus: Focus }> | undefined {
  for (const { details } of VIEWS) {
    const panel = details?.[focus.type];
    // The table maps each type of focus to a panel of that type, which an index by a union cannot say.
    if (panel !== undefined) return panel as ComponentType<{ readonly focus: Focus }>;
  }
  return undefined;
}
