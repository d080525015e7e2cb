/** The look that figures over many traces follow: the filter, and the brushed range or else the visible one. */
import type { Selection } from "../../shared/contract.ts";
import { useRevision } from "../state/case.ts";
import { listedRange, selectionKey, selectionOf, useSelection } from "../state/selection.ts";

/** The key is null while no case is open; it changes whenever the figures may. */
export function useSelected(): { readonly selection: Selection; readonly key: string | null } {
  const state = useSelection();
  const revision = useRevision();
  const selection = { ...selectionOf(state, listedRange(state)), samples: false };
  return { selection, key: revision === null ? null : `${revision} ${selectionKey(selection)}` };
}
