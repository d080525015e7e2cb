/** Keys of the traces: everywhere, in the list, and in an open trace. */
import type { Command } from "../commands/registry.ts";
import { followRow } from "../shell/pane-focus.ts";
import { useFocus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { stepFinding, stepRecord, toggleCritical } from "./notes-state.ts";
import { SEARCH_FIELD_ID } from "./search-field.tsx";
import { chooseToCompare } from "./compare/store.ts";
import {
  closeTrace,
  leaveTrace,
  openTrace,
  openTraceOfFocus,
  showTab,
  stepTab,
  stepTrace,
  useTraces,
} from "./store.ts";
import {
  collapseAll,
  expandAll,
  fitTrace,
  panShare,
  stepFailed,
  stepRow,
  zoomBy,
  zoomToSelected,
} from "./waterfall-state.ts";

export const globalCommands: readonly Command[] = [
  {
    id: "traces.open",
    title: "Trace of this",
    group: "Go to",
    keys: ["t"],
    when: () => ["record", "event"].includes(useFocus.getState().focus?.type ?? ""),
    run: () => attempt(openTraceOfFocus),
  },
];

export const tabCommands: readonly Command[] = [
  { id: "traces.next-tab", title: "Next tab of the traces", group: "Go to", keys: ["."], run: () => stepTab(1) },
  {
    id: "traces.previous-tab",
    title: "Previous tab of the traces",
    group: "Go to",
    keys: [","],
    run: () => stepTab(-1),
  },
  { id: "traces.tab.traces", title: "Traces: list", group: "Go to", run: () => showTab("traces") },
  { id: "traces.tab.operations", title: "Traces: operations", group: "Go to", run: () => showTab("operations") },
  { id: "traces.tab.services", title: "Traces: graph of services", group: "Go to", run: () => showTab("services") },
  { id: "traces.tab.compare", title: "Traces: compare", group: "Go to", run: () => showTab("compare") },
];

function walk(step: 1 | -1): void {
  followRow();
  stepTrace(step);
}

export const listCommands: readonly Command[] = [
  {
    id: "traces.compare-current",
    title: "Compare this trace with another",
    group: "List",
    keys: ["x"],
    when: () => useTraces.getState().currentId !== null,
    run: () => {
      const { currentId } = useTraces.getState();
      if (currentId !== null) chooseToCompare(currentId);
    },
  },
  { id: "traces.next", title: "Next trace", group: "List", keys: ["j"], run: () => walk(1) },
  { id: "traces.previous", title: "Previous trace", group: "List", keys: ["k"], run: () => walk(-1) },
  {
    id: "traces.open-current",
    title: "Open the trace",
    group: "List",
    when: () => useTraces.getState().currentId !== null,
    run: () => {
      const { currentId } = useTraces.getState();
      if (currentId !== null) openTrace(currentId);
    },
  },
];

export const traceCommands: readonly Command[] = [
  { id: "trace.close", title: "Back to all traces", group: "Go to", keys: ["Escape"], run: closeTrace },
  {
    id: "trace.leave",
    title: "Back to where the trace was opened",
    group: "Go to",
    keys: ["Backspace", "Alt+ArrowLeft"],
    run: leaveTrace,
  },
  {
    id: "trace.compare",
    title: "Compare this trace with another",
    group: "List",
    keys: ["x"],
    run: () => {
      const { openId } = useTraces.getState();
      if (openId !== null) chooseToCompare(openId);
    },
  },
  { id: "trace.next-span", title: "Next span", group: "List", keys: ["j"], run: () => stepRow(1) },
  { id: "trace.previous-span", title: "Previous span", group: "List", keys: ["k"], run: () => stepRow(-1) },
  { id: "trace.next-failed", title: "Next failed span", group: "List", keys: ["[Shift]+}"], run: () => stepFailed(1) },
  {
    id: "trace.previous-failed",
    title: "Previous failed span",
    group: "List",
    keys: ["[Shift]+{"],
    run: () => stepFailed(-1),
  },
  { id: "trace.fit", title: "Fit the whole trace", group: "Timeline", keys: ["f"], run: fitTrace },
  { id: "trace.zoom", title: "Zoom to the span", group: "Timeline", keys: ["z"], run: zoomToSelected },
  { id: "trace.zoom-in", title: "Zoom in", group: "Timeline", keys: ["[Shift]++", "="], run: () => zoomBy(0.5) },
  { id: "trace.zoom-out", title: "Zoom out", group: "Timeline", keys: ["-"], run: () => zoomBy(2) },
  { id: "trace.earlier", title: "Earlier", group: "Timeline", keys: ["Shift+ArrowLeft"], run: () => panShare(-0.15) },
  { id: "trace.later", title: "Later", group: "Timeline", keys: ["Shift+ArrowRight"], run: () => panShare(0.15) },
  {
    id: "trace.critical",
    title: "Show or hide the critical path",
    group: "Timeline",
    keys: ["c"],
    run: toggleCritical,
  },
  { id: "trace.next-finding", title: "Next finding", group: "List", keys: ["]"], run: () => stepFinding(1) },
  { id: "trace.previous-finding", title: "Previous finding", group: "List", keys: ["["], run: () => stepFinding(-1) },
  { id: "trace.next-record", title: "Next record of the trace", group: "List", keys: ["l"], run: () => stepRecord(1) },
  {
    id: "trace.previous-record",
    title: "Previous record of the trace",
    group: "List",
    keys: ["Shift+L"],
    run: () => stepRecord(-1),
  },
  { id: "trace.expand", title: "Open all spans", group: "List", run: expandAll },
  { id: "trace.collapse", title: "Close all spans", group: "List", run: collapseAll },
  {
    id: "trace.search",
    title: "Search spans",
    group: "Filter",
    keys: ["$mod+f"],
    whileTyping: true,
    run: () => document.getElementById(SEARCH_FIELD_ID)?.focus(),
  },
];
