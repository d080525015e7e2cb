/** What is compared: two traces, or two windows of all traces. */
import { create } from "zustand";
import { useCase } from "../../state/case.ts";
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

export interface Windows {
  readonly before: TimeRange;
  readonly after: TimeRange;
}

/** What is compared without a choice: the looked-at range with as much before it; of the whole case its two halves. */
export function windowsOf(
  chosen: Pick<CompareState, "before" | "after">,
  looked: TimeRange | null,
  whole: TimeRange | null,
): Windows | null {
  if (whole === null) return null;
  const half = Math.floor((whole.from + whole.to) / 2);
  const isNarrowed = looked !== null && looked.from > whole.from;
  const after = chosen.after ?? (isNarrowed ? looked : { from: half, to: whole.to + 1 });
  const before =
    chosen.before ??
    (isNarrowed || chosen.after !== null
      ? { from: Math.max(whole.from, after.from - (after.to - after.from)), to: after.from }
      : { from: whole.from, to: half });
  return before.to > before.from && after.to > after.from ? { before, after } : null;
}

export function wholeCase(): TimeRange | null {
  const { info } = useCase.getState();
  return info === null || info.from === null || info.to === null || info.to <= info.from
    ? null
    : { from: info.from, to: info.to };
}
