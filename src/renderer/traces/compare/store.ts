/** What is compared: two traces, or two windows of all traces. */
import { create } from "zustand";
import type { Windows } from "../../../shared/contract/traces.ts";
import { notify } from "../../state/notices.ts";
import type { TimeRange } from "../../state/selection.ts";
import { showTab } from "../store.ts";

interface CompareState {
  readonly what: "windows" | "traces";
  /** Trace ids; empty while none is chosen. */
  readonly a: string;
  readonly b: string;
  /** Null follows the look: after is the looked-at range, before is as long and ends where that begins. */
  readonly before: TimeRange | null;
  readonly after: TimeRange | null;
}

const START: CompareState = { what: "windows", a: "", b: "", before: null, after: null };

export const useCompare = create<CompareState>(() => START);
export const forgetComparison = (): void => useCompare.setState(START);

/** The first choice waits for the second, which opens the comparison. */
export function chooseToCompare(traceId: string): void {
  const { a, b } = useCompare.getState();
  if (a === "" || a === traceId || b !== "") {
    useCompare.setState({ what: "traces", a: traceId, b: "" });
    notify("info", "Choose the trace to compare with: press x on it.");
    return;
  }
  useCompare.setState({ what: "traces", b: traceId });
  showTab("compare");
}

/**
 * The looked-at range with as much before it, as far as the case reaches, unless others were chosen; where nothing
 * narrower is looked at, before and since the onset. Null leaves it to the engine, which halves the time that has spans:
 * no onset is known, or one of two windows would be empty.
 */
export function windowsOf(
  chosen: Pick<CompareState, "before" | "after">,
  looked: TimeRange | null,
  first: number,
  incident: { readonly baseline: TimeRange; readonly incident: TimeRange } | null = null,
): Windows | null {
  const after = chosen.after ?? looked ?? incident?.incident ?? null;
  if (after === null) return null;
  if (incident !== null && after === incident.incident)
    return { before: chosen.before ?? incident.baseline, after: incident.incident };
  const before = chosen.before ?? { from: Math.max(first, after.from - (after.to - after.from)), to: after.from };
  return before.to > before.from && after.to > after.from ? { before, after } : null;
}
