/** The one menu that is open: where it hangs and what it offers. */
import { create } from "zustand";
import type { MenuParts } from "./parts.ts";

export interface OpenMenu {
  readonly parts: MenuParts;
  /** Pixels of the page. */
  readonly anchor: DOMRect;
  /** Gets the keyboard back. */
  readonly from: HTMLElement | null;
}

export const useOpenMenu = create<{ readonly menu: OpenMenu | null }>(() => ({ menu: null }));

export const closeMenu = (): void => useOpenMenu.setState({ menu: null });

export function openMenu(parts: MenuParts, anchor: DOMRect): void {
  const { activeElement } = document;
  // Opened again from itself, it still gives the keyboard back to where it came from.
  const before = useOpenMenu.getState().menu;
  const from = before !== null ? before.from : activeElement instanceof HTMLElement ? activeElement : null;
  useOpenMenu.setState({ menu: { parts, anchor, from } });
}
