/** The case, one filter for all views, the range, the zone. */
import type { ReactNode } from "react";
import { useCase } from "../state/case.ts";
import { CaseMenu } from "./case-menu.tsx";
import { ZoneMenu } from "./zone-menu.tsx";

export function TitleBar(): ReactNode {
  const open = useCase((state) => state.info !== null);
  return (
    <header className="title-bar" data-pane="title">
      <CaseMenu />
      {open ? (
        <>
          <span className="spacer" />
          <ZoneMenu />
        </>
      ) : (
        <span className="spacer" />
      )}
    </header>
  );
}
