/** The case, one filter for all views, the range, the zone. */
import { PanelRightOpen } from "lucide-react";
import type { ReactNode } from "react";
import { FilterBox } from "../filter/box.tsx";
import { useCase } from "../state/case.ts";
import { toggle, useLayout } from "../state/layout.ts";
import { RangeMenu } from "../timeline/range-menu.tsx";
import { IconButton } from "../ui/button.tsx";
import { CaseMenu } from "./case-menu.tsx";
import { RangeActions } from "./range-actions.tsx";
import { ZoneMenu } from "./zone-menu.tsx";

export function TitleBar(): ReactNode {
  const file = useCase((state) => state.info?.file);
  const detailOpen = useLayout((state) => state.detailOpen);
  return (
    <header className="title-bar" data-pane="title">
      <CaseMenu />
      {file === undefined ? (
        <span className="spacer" />
      ) : (
        <>
          <FilterBox key={file} />
          <RangeActions />
          <RangeMenu />
          <ZoneMenu />
          {!detailOpen && (
            <IconButton icon={PanelRightOpen} label="Show detail" keys="i" onClick={() => toggle("detailOpen")} />
          )}
        </>
      )}
    </header>
  );
}
