/** The one detail pane: shows what is in focus, whichever view put it there. */
import { MousePointerClick, PanelRightClose } from "lucide-react";
import { createElement, type ReactNode } from "react";
import { useFocus } from "../state/focus.ts";
import { toggle } from "../state/layout.ts";
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
  return (
    <div className="detail-pane">
      <div className="pane-title">
        Detail
        <span className="spacer" />
        <IconButton icon={PanelRightClose} label="Hide detail" keys="i" onClick={() => toggle("detailOpen")} />
      </div>
      {focus === null || panel === undefined ? (
        <EmptyState icon={MousePointerClick} title="Nothing selected">
          A row of the list or a mark on the timeline shows here with every field and its own bytes.
        </EmptyState>
      ) : (
        createElement(panel, { focus })
      )}
    </div>
  );
}
