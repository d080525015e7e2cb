/** What a view of the window says of itself; the default export of its folder's `index.ts`. */
import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { CaseInfo } from "../../shared/contract.ts";
import type { Focus, FocusType } from "../state/focus.ts";

export interface Badge {
  readonly count: number;
  /** Asks for a look: drawn in the accent. */
  readonly attention: boolean;
}

export interface View {
  /** "anomalies": also the last part of its command "view.anomalies". */
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** Place in the rail from the top, from 1; also its key up to 10. Views of place 0 are not in the rail ("start"). */
  readonly place: number;
  /** Keys besides its place. */
  readonly keys?: readonly string[];
  /** Of the app, not of the case: shown without a case too, and without the detail at its side. */
  readonly apart?: true;
  readonly component: ComponentType;
  /** A hook-free count for the rail, from what the window knows of the case anyway. */
  readonly badge?: (info: CaseInfo) => Badge | null;
  /** On screen for as long as a case is open, whichever view is shown: commands and editors that work everywhere. */
  readonly companion?: ComponentType;
  /** Panels of the detail pane for kinds of focus that this view brings. */
  readonly details?: Partial<{
    readonly [T in FocusType]: ComponentType<{ readonly focus: Extract<Focus, { type: T }> }>;
  }>;
}

/** The digits end at the tenth view, whose key is 0. */
export const keysOf = ({ place, keys = [] }: Pick<View, "place" | "keys">): readonly string[] =>
  place <= 10 ? [String(place % 10), ...keys] : keys;

export const defineView = (view: View): View => view;
