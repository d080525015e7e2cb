/**
 * The keyboard in the facets: the heads are stops of Tab; up and down walk heads and values, right and left reach what can
 * be done with a value. With every value and action a stop, the list behind them would be a hundred keys away.
 */

const WALKED = ".facet-title, .facet-value, .facet-more";

/** The button that a key leads to from another one; null where there is none. */
export function nextFacetButton(key: string, from: Element, panel: Element): HTMLElement | null {
  if (key === "ArrowDown" || key === "ArrowUp") {
    const walked = [...panel.querySelectorAll<HTMLElement>(WALKED)];
    const row = from.closest(".facet-row")?.querySelector(".facet-value") ?? from;
    const at = walked.findIndex((button) => button === row);
    return at < 0 ? null : (walked[at + (key === "ArrowDown" ? 1 : -1)] ?? null);
  }
  if (key !== "ArrowRight" && key !== "ArrowLeft") return null;
  const buttons = [...(from.closest(".facet-row")?.querySelectorAll<HTMLElement>("button") ?? [])];
  return buttons[buttons.findIndex((button) => button === from) + (key === "ArrowRight" ? 1 : -1)] ?? null;
}
