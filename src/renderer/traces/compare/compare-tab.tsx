/** Two windows of traces, operation by operation, or two traces, path by path. */
import type { ReactNode } from "react";
import { useCompare } from "./store.ts";
import { TraceComparison } from "./trace-comparison.tsx";
import { WindowComparison } from "./window-comparison.tsx";
import "./compare.css";

const KINDS = [
  { what: "windows", title: "Two windows" },
  { what: "traces", title: "Two traces" },
] as const;

export function CompareTab(): ReactNode {
  const what = useCompare((state) => state.what);
  const kinds = (
    <div className="segments" role="group" aria-label="What is compared">
      {KINDS.map((kind) => (
        <button
          key={kind.what}
          type="button"
          className="segment"
          aria-pressed={what === kind.what}
          onClick={() => useCompare.setState({ what: kind.what })}
        >
          {kind.title}
        </button>
      ))}
    </div>
  );
  return what === "windows" ? <WindowComparison kinds={kinds} /> : <TraceComparison kinds={kinds} />;
}
