/** F6: the keyboard steps from pane to pane, each entered at its main control. */

const FOCUSABLE = "[data-main], button:not(:disabled), input, [tabindex='0'], a[href]";

const panes = (): readonly HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    (pane) => pane.querySelector("[data-pane]") === null && entry(pane) !== null,
  );

const entry = (pane: HTMLElement): HTMLElement | null =>
  pane.querySelector<HTMLElement>("[data-main]") ?? pane.querySelector<HTMLElement>(FOCUSABLE);

export function stepPane(step: 1 | -1): void {
  const all = panes();
  if (all.length === 0) return;
  const current = all.findIndex((pane) => pane.contains(document.activeElement));
  const next = current < 0 ? 0 : (current + step + all.length) % all.length;
  const pane = all[next];
  if (pane !== undefined) entry(pane)?.focus();
}

export const isInDetail = (): boolean => document.activeElement?.closest("[data-pane=detail]") instanceof Element;

/** Back to where the selection was made: the list, or the main control of the view. False while there is neither. */
export function leaveDetail(): boolean {
  const places = ["[data-pane=list] [data-main]", "[data-pane=view] [data-main]"];
  const place = places.map((one) => document.querySelector<HTMLElement>(one)).find((one) => one !== null);
  place?.focus();
  return place !== undefined;
}

/**
 * Keys that walk the rows work from everywhere; from a button outside of the detail they take the keyboard along, so that
 * Enter opens the row and does not press the button.
 */
export function followRow(): void {
  if (document.activeElement?.matches("button, a") === true && !isInDetail()) leaveDetail();
}

/**
 * Gives the keyboard to the view that came on screen, if what had it went with the last one; as soon as it is drawn,
 * for a list may first have to be read. Ends when the returned function is called.
 */
export function enterView(): () => void {
  const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
  const drawn = new MutationObserver(() => {
    if (!isLost() || leaveDetail()) drawn.disconnect();
  });
  if (isLost() && !leaveDetail()) drawn.observe(document.body, { childList: true, subtree: true });
  return () => drawn.disconnect();
}
