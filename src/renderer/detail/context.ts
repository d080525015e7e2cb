import { locate } from "../state/focus.ts";
import { goTo } from "../state/selection.ts";

/** Clears filter and range, and keeps the row in sight: what stands around it? */
export function showInContext(ref: string): void {
  goTo({ view: "timeline", filter: "", window: null, brush: null });
  locate({ ref });
}
