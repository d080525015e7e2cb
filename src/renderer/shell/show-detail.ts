/** Enter on a row: the keyboard goes to what the detail shows of it. */
import { useLayout } from "../state/layout.ts";

export function showDetail(): void {
  useLayout.setState({ detailOpen: true });
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-pane=detail] [data-main]")?.focus());
}
