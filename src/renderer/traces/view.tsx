/** Traces: the list, or the one that is open. */
import { useEffect, type ReactNode } from "react";
import { TraceList } from "./trace-list.tsx";
import { TracePage } from "./trace-page.tsx";
import { point } from "./waterfall-state.ts";
import { useTraces } from "./store.ts";
import "./traces.css";

export function TracesView(): ReactNode {
  const openId = useTraces((state) => state.openId);
  // What was under the pointer here is no moment to mark elsewhere.
  useEffect(() => () => point(null, null), []);
  return openId === null ? <TraceList /> : <TracePage key={openId} traceId={openId} />;
}
