/** What is compared, and what of the answer is looked at. */
import { create } from "zustand";
import type { CallInput, CallOutput } from "../../shared/contract.ts";
import type { DifferenceRow } from "../../shared/contract/compare.ts";
import { asFailure, type Failure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { useCompared } from "../state/compared.ts";
import { latest } from "../state/latest.ts";
import { notify } from "../state/notices.ts";
import { goTo, selectionOf, useSelection, type TimeRange } from "../state/selection.ts";

export type Comparison = CallOutput<"compare.find">;
export type Question = CallInput<"compare.find">;
export type Kind = DifferenceRow["kind"];
type Window = Question["a"];

interface ComparisonState {
  /** Null takes the windows before and after the onset. */
  readonly question: Question | null;
  /** What was last asked, with the windows that the onset gave. */
  readonly asked: Question | null;
  readonly answer: Comparison | null;
  readonly failure: Failure | null;
  readonly working: boolean;
  /** Kinds that are left out. */
  readonly hidden: readonly Kind[];
  /** -1 while no row was chosen: the first is told about. */
  readonly cursor: number;
}

const START: ComparisonState = {
  question: null,
  asked: null,
  answer: null,
  failure: null,
  working: false,
  hidden: [],
  cursor: -1,
};

export const useComparison = create<ComparisonState>(() => START);
const { setState: set, getState: get } = useComparison;

export function forgetComparison(): void {
  set(START);
  useCompared.setState({ a: null, b: null });
}

const WHOLE: Window = { from: null, to: null };
const windowOf = (range: TimeRange | null): Window =>
  range === null ? WHOLE : { from: Math.round(range.from), to: Math.round(range.to) };
const rangeOf = ({ from, to }: Window): TimeRange | null => (from === null || to === null ? null : { from, to });

/** Asks with the newest question; while an import commits many times a second, one is under way. */
export const refresh = latest(async () => {
  const file = useCase.getState().info?.file;
  if (file === undefined) return;
  set({ working: true });
  try {
    const question = get().question ?? (await aroundOnset());
    const answer = await call("compare.find", question);
    if (useCase.getState().info?.file !== file) return;
    set({ answer, asked: question, failure: null, cursor: -1 });
    useCompared.setState({ a: rangeOf(question.a), b: rangeOf(question.b) });
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.reason !== "cancelled") set({ failure });
  } finally {
    set({ working: false });
  }
});

/** Of what the filter leaves; without an onset, the halves of the time. */
async function aroundOnset(): Promise<Question> {
  const { windows } = await call("suspects.find", { baseline: null, incident: null });
  const filter = useSelection.getState().filter.trim() === "" ? "" : shownFilter();
  if (windows !== null) return { a: windows.baseline, b: windows.incident, filter, against: "same" };
  const { info } = useCase.getState();
  const from = info?.from ?? 0;
  const to = (info?.to ?? 0) + 1;
  const middle = Math.round((from + to) / 2);
  return { a: { from, to: middle }, b: { from: middle, to }, filter, against: "same" };
}

export function ask(question: Question | null): void {
  set({ question });
  refresh();
}

/** The filter of all views, without what is muted. */
export const shownFilter = (): string => selectionOf(useSelection.getState(), null).filter;

function open(question: Question | null): void {
  ask(question);
  goTo({ view: "compare" });
}

/** The brushed range against as much time right before it, as far as the case reaches. */
export function compareWithBefore(): void {
  const { brush } = useSelection.getState();
  const first = useCase.getState().info?.from ?? null;
  if (brush === null || first === null) return;
  const before = { from: Math.max(first, brush.from - (brush.to - brush.from)), to: brush.from };
  if (before.to <= before.from) {
    notify("info", "The case has no records before the selected range; it is compared with the time after it.");
    open({ a: WHOLE, b: windowOf(brush), filter: shownFilter(), against: shownFilter() === "" ? "rest" : "same" });
    return;
  }
  open({ a: windowOf(before), b: windowOf(brush), filter: shownFilter(), against: "same" });
}

/** What the filter leaves against everything else of the same time; without a filter the brush against all other times. */
export function explainSelection(): void {
  const { brush, filter } = useSelection.getState();
  const b = windowOf(brush);
  open({ a: filter.trim() === "" ? WHOLE : b, b, filter: shownFilter(), against: "rest" });
}

export const compareAroundOnset = (): void => open(null);

/** Takes the brushed range for one of the windows. */
export function takeBrush(side: "a" | "b"): void {
  const { brush } = useSelection.getState();
  const { asked } = get();
  if (brush === null || asked === null) return;
  ask({ ...asked, [side]: windowOf(brush), against: asked.against === "rest" ? "all" : asked.against });
}

export function swap(): void {
  const { asked } = get();
  if (asked !== null) ask({ ...asked, a: asked.b, b: asked.a });
}

export function showKind(kind: Kind): void {
  const { hidden } = get();
  set({ hidden: hidden.includes(kind) ? hidden.filter((one) => one !== kind) : [...hidden, kind], cursor: -1 });
}

export const chosenRow = (state: ComparisonState): DifferenceRow | undefined =>
  rowsOf(state)[Math.max(0, state.cursor)];

export const rowsOf = ({ answer, hidden }: ComparisonState): readonly DifferenceRow[] =>
  (answer?.differences ?? []).filter(({ kind }) => !hidden.includes(kind));

export function move(by: number): void {
  const last = rowsOf(get()).length - 1;
  set({ cursor: Math.max(0, Math.min(last, get().cursor + by)) });
}
