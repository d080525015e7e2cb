/** What the view of traces shows: the list with its order and filters, or one open trace. */
import { create } from "zustand";
import type { CallInput, CallOutput } from "../../shared/contract.ts";
import { spanCount } from "../../shared/model/trace-columns.ts";
import { call } from "../bridge.ts";
import { useFocus, type Focus } from "../state/focus.ts";
import { useLayout } from "../state/layout.ts";
import { notify } from "../state/notices.ts";
import { goTo, lookBack } from "../state/selection.ts";
import { showLogsOfTrace } from "./ways-out.ts";

export type TraceFilter = CallInput<"traces.list">["only"];
export type TraceOrder = CallInput<"traces.list">["order"];
export type TraceSummary = CallOutput<"traces.list">["items"][number];

const TRACE_TABS = ["traces", "operations", "services", "compare"] as const;
export type TraceTab = (typeof TRACE_TABS)[number];

interface TracesState {
  readonly tab: TraceTab;
  readonly only: TraceFilter;
  readonly order: TraceOrder;
  readonly service: string | null;
  /** Trace on the waterfall; null shows the list. */
  readonly openId: string | null;
  /** What to select when the open trace arrives: a span, or another record of the trace. */
  readonly wantedSpan: string | null;
  /** Whether the open trace was come to from another view. */
  readonly fromElsewhere: boolean;
  /** Row of the list that the keys move from. */
  readonly currentId: string | null;
  /** Rows of the list that are known so far, in its order. */
  readonly listed: readonly TraceSummary[];
}

const START = {
  tab: "traces",
  only: "all",
  order: "duration",
  service: null,
  openId: null,
  wantedSpan: null,
  fromElsewhere: false,
  currentId: null,
  listed: [],
} as const satisfies TracesState;

export const useTraces = create<TracesState>(() => START);

/** Shows a trace from wherever the person is; `ref` names the record of the span to select. */
export function openTrace(traceId: string, ref: string | null = null): void {
  const fromElsewhere = useLayout.getState().view !== "traces";
  goTo({ view: "traces" });
  useTraces.setState({ openId: traceId, wantedSpan: ref, currentId: traceId, fromElsewhere });
}

/** The list of traces that a service took part in. */
export function showTracesOf(service: string | null): void {
  goTo({ view: "traces" });
  useTraces.setState({ tab: "traces", openId: null, service });
}

export const showTab = (tab: TraceTab): void => useTraces.setState({ tab, openId: null, wantedSpan: null });

export function stepTab(step: 1 | -1): void {
  const at = TRACE_TABS.indexOf(useTraces.getState().tab);
  showTab(TRACE_TABS[(at + step + TRACE_TABS.length) % TRACE_TABS.length] ?? "traces");
}

export const closeTrace = (): void => useTraces.setState({ openId: null, wantedSpan: null });

/** To where the trace was opened: the list of traces, or the record in another view. */
export function leaveTrace(): void {
  const { fromElsewhere } = useTraces.getState();
  closeTrace();
  if (fromElsewhere) lookBack();
}

/** Another case has other traces. */
export const forgetTraces = (): void => useTraces.setState(START);

export function stepTrace(step: 1 | -1): void {
  const { listed, currentId, openId } = useTraces.getState();
  const at = listed.findIndex(({ traceId }) => traceId === currentId);
  const next = listed[at < 0 ? 0 : Math.min(listed.length - 1, Math.max(0, at + step))];
  if (next === undefined) return;
  useTraces.setState({
    currentId: next.traceId,
    ...(openId === null ? {} : { openId: next.traceId, wantedSpan: null }),
  });
}

/**
 * Shows the waterfall of a trace, with a record of it selected; of one whose spans nobody recorded, its other records.
 * `ref` names the record, a span or a line that was written in one.
 */
export async function openTraceOrRecords(traceId: string, ref: string | null): Promise<void> {
  const { spans } = await call("traces.get", { traceId });
  if (spanCount(spans) > 0) openTrace(traceId, ref);
  else showLogsOfTrace(traceId);
}

async function traceIdOf(focus: Focus): Promise<string | null> {
  if (focus.type === "record") return (await call("records.detail", { ref: focus.ref })).traceId;
  if (focus.type === "event") return (await call("events.get", { id: focus.id }))?.traceId ?? null;
  return null;
}

/** Opens the trace that the selected record or event belongs to, or says that there is none. */
export async function openTraceOfFocus(): Promise<void> {
  const { focus } = useFocus.getState();
  if (focus === null) return;
  const traceId = await traceIdOf(focus);
  if (traceId === null) notify("info", "What is selected carries no trace id, so that no trace can be opened from it.");
  else await openTraceOrRecords(traceId, focus.type === "record" ? focus.ref : null);
}
