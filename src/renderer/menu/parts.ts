/** What the menu of a right click offers: plain data, made by the place that was clicked and drawn by one component. */
import type { LucideIcon } from "lucide-react";
import { isAvailable, useCommands } from "../commands/registry.ts";

export interface MenuAction {
  readonly title: string;
  readonly icon?: LucideIcon;
  /** At the end of the line. */
  readonly aside?: string;
  /** Binding of the command that does the same. */
  readonly keys?: string;
  readonly run: () => void;
}

/** Actions of one kind behind one word. */
export interface SubMenu {
  readonly title: string;
  readonly icon?: LucideIcon;
  readonly actions: readonly MenuAction[];
}

export type MenuPart = MenuAction | SubMenu;

/** Groups are told apart by a line; empty ones leave none. */
export type MenuParts = readonly (readonly MenuPart[])[];

/** A command as it stands in a menu, under words that fit the place; nothing while it does not apply. */
export function commandPart(
  id: string,
  looks: Pick<MenuAction, "icon"> & { readonly title?: string } = {},
): MenuPart[] {
  const command = useCommands.getState().commands.get(id);
  if (command === undefined || !isAvailable(command)) return [];
  const { title, keys, run } = command;
  return [{ title, run, ...(keys?.[0] === undefined ? {} : { keys: keys[0] }), ...looks }];
}

/** Nothing of an empty group remains. */
export function subMenu(title: string, icon: LucideIcon, actions: readonly MenuAction[]): MenuPart[] {
  return actions.length === 0 ? [] : [{ title, icon, actions }];
}
