/** The one detail pane: shows what is in focus, whichever view put it there. */
import { MousePointerClick, PanelRightClose } from "lucide-react";
import { createElement, type ReactNode } from "react";
import { useFocus } from "../state/focus.ts";
import { toggle } from "../state/layout.ts";
import { IconButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { detailPanel } from "../views/registry.ts";

export function DetailPane(): ReactNode {
  const focus = useFocus((state) => state.focus);
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
