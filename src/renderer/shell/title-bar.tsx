/** The case, one filter for all views, the range, the zone. */
import type { ReactNode } from "react";
import { FilterBox } from "../filter/box.tsx";
import { useCase } from "../state/case.ts";
import { RangeMenu } from "../timeline/range-menu.tsx";
import { CaseMenu } from "./case-menu.tsx";
import { RangeActions } from "./range-actions.tsx";
import { ZoneMenu } from "./zone-menu.tsx";

export function TitleBar(): ReactNode {
  const file = useCase((state) => state.info?.file);
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
        </>
      )}
    </header>
  );
}
