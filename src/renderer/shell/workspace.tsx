/** The centre: the chosen view and, at its right, the detail. */
import { LoaderCircle } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { chooseAndOpen, useCase } from "../state/case.ts";
import { useLayout } from "../state/layout.ts";
import { attempt } from "../state/notices.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { viewById } from "../views/registry.ts";
import { DetailPane } from "./detail-pane.tsx";
import { enterView } from "./pane-focus.ts";
import { Border, Pane, Panes } from "./panes.tsx";

export function Workspace(): ReactNode {
  const phase = useCase((state) => state.phase);
  const viewId = useLayout((state) => state.view);
  const detailOpen = useLayout((state) => state.detailOpen);
  const narrow = useLayout((state) => state.narrow);
  const lastView = useRef(viewId);
  useEffect(() => {
    // Not when the window opens: nobody has used the keyboard yet.
    if (lastView.current === viewId) return undefined;
    lastView.current = viewId;
    return enterView();
  }, [viewId]);
  if (phase === "starting") return <main className="workspace" aria-busy />;
  if (phase === "opening") {
    return (
      <main className="workspace">
        <div className="empty" role="status">
          <LoaderCircle size={24} strokeWidth={1.5} className="turning" aria-hidden />
          <h2>Opening</h2>
        </div>
      </main>
    );
  }
  const view = viewById(viewId);
  const View = view?.component;
  if (view?.apart === true && View !== undefined) {
    return (
      <main className="workspace" data-pane="view">
        <View />
      </main>
    );
  }
  if (phase === "none") {
    const Start = viewById("start")?.component ?? FirstScreen;
    return (
      <main className="workspace">
        <Start />
      </main>
    );
  }
  return (
    <main className="workspace">
      <Panes id="workspace" across>
        <Pane id="view" label={view?.title ?? "View"} least={360}>
          {View && <View />}
        </Pane>
        {detailOpen && <Border across />}
        {detailOpen && (
          <Pane id="detail" label="Detail" size={narrow ? 264 : 328} least={220} fixed>
            <DetailPane />
          </Pane>
        )}
      </Panes>
    </main>
  );
}

function FirstScreen(): ReactNode {
  return (
    <EmptyState
      title="No case is open"
      actions={
        <>
          <Button tone="primary" onClick={() => attempt(() => chooseAndOpen("files"))}>
            Open files…
          </Button>
          <Button onClick={() => attempt(() => chooseAndOpen("folder"))}>Open folder…</Button>
        </>
      }
    >
      Drop logs, metrics, traces, deploys or a whole folder here to see them on one timeline.
    </EmptyState>
  );
}
