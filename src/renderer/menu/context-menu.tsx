/** The menu of a right click, of the Menu key and of Shift+F10, for every place of the window. */
import { Menu } from "@base-ui/react/menu";
import { ChevronRight } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { useRegistered, type Command } from "../commands/registry.ts";
import { termMenu } from "../filter/menu.ts";
import { Keycaps } from "../ui/keycaps.tsx";
import type { MenuAction, MenuPart } from "./parts.ts";
import { keyboardTarget, menuAt, useMenu } from "./places.ts";
import { selectedTextMenu } from "./selected-text.ts";
import { closeMenu, openMenu, useOpenMenu } from "./store.ts";

/** A row that the keyboard is on is as wide as the list: its menu hangs this far inside of it, in pixels. */
const INSET = 120;
const TALLEST_ROW = 200;

/** @param point where the pointer is; null opens it at what the keyboard is on. True when there is a menu. */
function showMenu(target: Element | null, point: { readonly x: number; readonly y: number } | null): boolean {
  if (target === null) return false;
  const box = target.getBoundingClientRect();
  const { x, y } = point ?? { x: box.left + Math.min(INSET, box.width / 2), y: (box.top + box.bottom) / 2 };
  const spot = { target, x, y };
  const parts = selectedTextMenu(spot) ?? menuAt(spot);
  if (parts === null) return false;
  // Of a row, the menu leaves the row in sight; what is larger than a row has it in its middle.
  const isRow = point === null && box.height <= TALLEST_ROW;
  openMenu(parts, isRow ? new DOMRect(x, box.top, 0, box.height) : new DOMRect(x, y, 0, 0));
  return true;
}

const commands: readonly Command[] = [
  {
    id: "menu.open",
    title: "Menu of what is selected",
    group: "Window",
    keys: ["Shift+F10", "ContextMenu"],
    run: () => void showMenu(keyboardTarget(), null),
  },
];

function onContextMenu(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  // A field has the system's own menu: cut, copy, paste.
  if (event.target.closest("input, textarea, [contenteditable]") !== null) return;
  // A key reports no button.
  const isKey = !(event instanceof PointerEvent) || event.pointerType === "";
  const shown = isKey
    ? showMenu(keyboardTarget(), null)
    : showMenu(event.target, { x: event.clientX, y: event.clientY });
  if (shown) event.preventDefault();
}

export function ContextMenu(): ReactNode {
  useRegistered(commands);
  useMenu("term", termMenu);
  useEffect(() => {
    document.addEventListener("contextmenu", onContextMenu);
    return () => document.removeEventListener("contextmenu", onContextMenu);
  }, []);
  const menu = useOpenMenu((state) => state.menu);
  if (menu === null) return null;
  const { parts, anchor, from } = menu;
  const isOfKey = anchor.height > 0;
  return (
    <Menu.Root
      key={`${anchor.x} ${anchor.y}`}
      open
      modal={false}
      onOpenChange={(open) => {
        if (!open) closeMenu();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner
          className="layer"
          anchor={{ getBoundingClientRect: () => anchor }}
          side="bottom"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          collisionAvoidance={{ side: isOfKey ? "flip" : "shift" }}
        >
          <Menu.Popup className="popup context-menu" aria-label="Menu" finalFocus={() => from}>
            {parts.map((group, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- a menu is replaced as a whole
              <Menu.Group key={at}>
                {at > 0 && <div className="menu-line" role="separator" />}
                {group.map((part) => (
                  <Part key={part.title} part={part} />
                ))}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Part({ part }: { readonly part: MenuPart }): ReactNode {
  if (!("actions" in part)) return <Action action={part} />;
  const { title, icon: Icon, actions } = part;
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className="menu-item">
        {Icon && <Icon size={14} aria-hidden />}
        <span className="menu-title">{title}</span>
        <span className="end">
          <ChevronRight size={13} aria-hidden />
        </span>
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className="layer" side="right" align="start" collisionPadding={8}>
          <Menu.Popup className="popup context-menu" aria-label={title}>
            {actions.map((action) => (
              <Action key={action.title} action={action} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}

function Action({ action: { title, icon: Icon, aside, keys, run } }: { readonly action: MenuAction }): ReactNode {
  return (
    <Menu.Item className="menu-item" onClick={run}>
      {Icon && <Icon size={14} aria-hidden />}
      <span className="menu-title" title={title}>
        {title}
      </span>
      {aside !== undefined && <span className="end">{aside}</span>}
      {keys !== undefined && (
        <span className="end">
          <Keycaps binding={keys} />
        </span>
      )}
    </Menu.Item>
  );
}
