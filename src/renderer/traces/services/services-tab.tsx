/** Which services call which in the looked-at range: a graph, or the same as a list, and the calls of the chosen service. */
import { Maximize2, Network, ZoomIn, ZoomOut } from "lucide-react";
import { useState, type ReactNode } from "react";
import { call } from "../../bridge.ts";
import { formatCountOf } from "../../../shared/text/number.ts";
import { useQuery } from "../../state/query.ts";
import { IconButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FailedState } from "../../ui/failed-state.tsx";
import { SkeletonLines } from "../../ui/skeleton.tsx";
import { useSelected } from "../use-selected.ts";
import { CallList } from "./call-list.tsx";
import { ServiceGraph } from "./service-graph.tsx";
import "./services.css";

const FORMS = [
  { form: "graph", title: "Graph" },
  { form: "list", title: "List" },
] as const;
type Form = (typeof FORMS)[number]["form"];

/** Beyond it lines cover everything, and a list says more. */
const MOST_DRAWN = 300;
const LEAST_ZOOM = 0.3;
const MOST_ZOOM = 2;
const zoomed = (zoom: number | null, factor: number): number =>
  Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, (zoom ?? 1) * factor));

export function ServicesTab(): ReactNode {
  const { selection, key } = useSelected();
  const query = useQuery(key, () => call("traces.graph", { selection }));
  const [form, setForm] = useState<Form>("graph");
  const [chosen, setChosen] = useState<string | null>(null);
  const [zoom, setZoom] = useState<number | null>(1);
  const graph = query.data;
  const isTooLarge = graph !== null && graph.services.length > MOST_DRAWN;
  const shown: Form = isTooLarge ? "list" : form;
  return (
    <>
      <div className="trace-toolbar">
        <div className="segments" role="group" aria-label="How services are shown">
          {FORMS.map((one) => (
            <button
              key={one.form}
              type="button"
              className="segment"
              aria-pressed={shown === one.form}
              disabled={isTooLarge}
              title={isTooLarge ? `More than ${MOST_DRAWN} services are not drawn: narrow the filter` : undefined}
              onClick={() => setForm(one.form)}
            >
              {one.title}
            </button>
          ))}
        </div>
        {shown === "graph" && (
          <>
            <IconButton icon={ZoomIn} label="Larger" onClick={() => setZoom(zoomed(zoom, 1.25))} />
            <IconButton icon={ZoomOut} label="Smaller" onClick={() => setZoom(zoomed(zoom, 0.8))} />
            <IconButton icon={Maximize2} label="Fit the graph" pressed={zoom === null} onClick={() => setZoom(null)} />
          </>
        )}
        <span className="spacer" />
        <span className="trace-count" role="status">
          {graph === null
            ? ""
            : `${formatCountOf(graph.services.length, "service")} · ${formatCountOf(graph.calls.length, "kind", "kinds")} of calls · ${formatCountOf(graph.spans, "span")}`}
        </span>
      </div>
      {graph === null ? (
        query.failure === null ? (
          <SkeletonLines count={12} />
        ) : (
          <FailedState title="The graph could not be made" failure={query.failure} retry={query.retry} />
        )
      ) : graph.services.length === 0 ? (
        <EmptyState icon={Network} title="No services">
          No span that names a service fits the filter and the looked-at range.
        </EmptyState>
      ) : (
        <>
          {shown === "graph" && <ServiceGraph graph={graph} chosen={chosen} onChoose={setChosen} zoom={zoom} />}
          {(shown === "list" || chosen !== null) && (
            <CallList graph={graph} chosen={chosen} onChoose={setChosen} beside={shown === "graph"} />
          )}
        </>
      )}
    </>
  );
}
