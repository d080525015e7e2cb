/** The one detail pane: shows what is in focus, whichever view put it there. */
import { MousePointerClick, PanelRightClose } from "lucide-react";
import { createElement, type ReactNode } from "react";
import { useFocus } from "../state/focus.ts";
import { focusGroups } from "../detail/menu.ts";
import { useMenu } from "../menu/places.ts";
import { toggle, useLayout } from "../state/layout.ts";
import { useSuspects } from "../suspects/store.ts";
import { IncidentSummary } from "../suspects/summary.tsx";
import { IconButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { usePaced } from "../ui/use-paced.ts";
import { detailPanel } from "../views/registry.ts";

/** A held key passes thirty rows a second: nobody reads the fields of each. */
const PACE_MS = 150;

export function DetailPane(): ReactNode {
  const focus = usePaced(
    useFocus((state) => state.focus),
    PACE_MS,
  );
  const panel = focus === null ? undefined : detailPanel(focus);
  useMenu("detail", () => (focus === null ? null : focusGroups(focus, useFocus.getState().focusTime)));
  return (
    <div className="detail-pane" data-menu="detail">
      <div className="pane-title">
        Detail
        <span className="spacer" />
        <IconButton icon={PanelRightClose} label="Hide detail" keys="i" onClick={() => toggle("detailOpen")} />
      </div>
      {focus === null || panel === undefined ? <NothingSelected /> : createElement(panel, { focus })}
    </div>
  );
}

/** The incident at a glance, where it is told and not on screen already. */
function NothingSelected(): ReactNode {
  const inSuspects = useLayout((state) => state.view === "suspects");
  const isTold = useSuspects((state) => (state.verdict?.onset ?? null) !== null);
  if (isTold && !inSuspects) return <IncidentSummary />;
  return (
    <EmptyState icon={MousePointerClick} title="Nothing selected">
      {inSuspects
        ? "A piece of evidence shows its record here, with every field and its own bytes."
        : "A row of the list or a mark on the timeline shows here with every field and its own bytes."}
    </EmptyState>
  );
}
