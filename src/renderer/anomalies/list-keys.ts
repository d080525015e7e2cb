/** Arrow keys of a list with one current row. */
import type { KeyboardEvent } from "react";

/** Row to go to, or null when the key is none of the list's. `current` is -1 when there is none. */
function rowAfterKey(key: string, current: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const clamp = (row: number): number => Math.min(count - 1, Math.max(0, row));
  switch (key) {
    case "ArrowDown":
    case "j":
      return clamp(current + 1);
    case "ArrowUp":
    case "k":
      return clamp(current < 0 ? 0 : current - 1);
    case "PageDown":
      return clamp(current + page);
    case "PageUp":
      return clamp(current - page);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

/** Goes where the key says; keys with modifiers mean something else. */
export function handleListKey(
  event: KeyboardEvent,
  list: { readonly current: number; readonly count: number; readonly page: number },
  goTo: (row: number) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = rowAfterKey(event.key, list.current, list.count, list.page);
  if (row === null) return;
  event.preventDefault();
  goTo(row);
}
