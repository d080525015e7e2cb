/** Traces: the list, what operations and services did, a comparison, or one trace that is open. */
import { useEffect, type ReactNode } from "react";
import { useRegistered } from "../commands/registry.ts";
import { tabCommands } from "./commands.ts";
import { CompareTab } from "./compare/compare-tab.tsx";
import { OperationsTab } from "./operations/operations-tab.tsx";
import { ServicesTab } from "./services/services-tab.tsx";
import { showTab, useTraces, type TraceTab } from "./store.ts";
import { TraceList } from "./trace-list.tsx";
import { TracePage } from "./trace-page.tsx";
import { point } from "./waterfall-state.ts";
import "./traces.css";

export function TracesView(): ReactNode {
  const openId = useTraces((state) => state.openId);
  // What was under the pointer here is no moment to mark elsewhere.
  useEffect(() => () => point(null, null), []);
  return openId === null ? <ManyTraces /> : <TracePage key={openId} traceId={openId} />;
}

const TABS: Readonly<Record<TraceTab, { readonly title: string; readonly component: () => ReactNode }>> = {
  traces: { title: "Traces", component: TraceList },
  operations: { title: "Operations", component: OperationsTab },
  services: { title: "Services", component: ServicesTab },
  compare: { title: "Compare", component: CompareTab },
};

function ManyTraces(): ReactNode {
  useRegistered(tabCommands);
  const tab = useTraces((state) => state.tab);
  const { component: Shown } = TABS[tab];
  return (
    <div className="traces">
      <div className="trace-tabs" role="group" aria-label="What is shown of the traces">
        {(Object.keys(TABS) as TraceTab[]).map((id) => (
          <button key={id} type="button" className="trace-tab" aria-pressed={id === tab} onClick={() => showTab(id)}>
            {TABS[id].title}
          </button>
        ))}
      </div>
      <Shown />
    </div>
  );
}
