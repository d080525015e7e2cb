/** What the engine last said of the causes, and what of it the person looks at. */
import { create } from "zustand";
import type { CallOutput } from "../../shared/contract.ts";
import { asFailure, type Failure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { latest } from "../state/latest.ts";
import { setOnset } from "../state/onset.ts";
import { useSelection, type TimeRange } from "../state/selection.ts";

export type Verdict = CallOutput<"suspects.find">;
export type Suspect = Verdict["suspects"][number];
export type Evidence = Suspect["evidence"][number];

interface SuspectsState {
  readonly verdict: Verdict | null;
  /** Why the last search failed; the older verdict stays. */
  readonly failure: Failure | null;
  /** What the search does now, 0–1; null while none runs. */
  readonly progress: { readonly done: number; readonly what: string } | null;
  /** Place of the chosen suspect in the list. */
  readonly chosen: number;
  /** When it hurt, as the person says; null lets the engine find it. */
  readonly incident: TimeRange | null;
}

const START: SuspectsState = { verdict: null, failure: null, progress: null, chosen: 0, incident: null };

export const useSuspects = create<SuspectsState>(() => START);
const { setState: set, getState: get } = useSuspects;

/** Another case has other causes. */
export function forgetVerdict(): void {
  set(START);
  setOnset(null);
}

/** Asks with the newest windows; while an import commits many times a second, one search is under way. */
export const findSuspects = latest(async () => {
  const { info } = useCase.getState();
  if (info === null) return;
  const { file } = info;
  const { incident } = get();
  set({ progress: get().progress ?? { done: 0, what: "Waiting for the analysis" } });
  try {
    const verdict = await call("suspects.find", { baseline: null, incident });
    if (useCase.getState().info?.file !== file) return;
    set({ verdict, failure: null });
    setOnset(verdict.onset?.time ?? null);
  } catch (thrown) {
    const failure = asFailure(thrown);
    // A newer search took its place.
    if (failure.reason !== "cancelled") set({ failure });
  } finally {
    set({ progress: null });
  }
});

export function choose(chosen: number): void {
  const last = (get().verdict?.suspects.length ?? 0) - 1;
  set({ chosen: Math.max(0, Math.min(last, chosen)) });
}

/** Takes the brushed range for the incident, or lets the engine find it again. */
export function takeBrush(): void {
  const { brush } = useSelection.getState();
  if (brush === null) return;
  set({ incident: { from: Math.round(brush.from), to: Math.round(brush.to) }, chosen: 0 });
  findSuspects();
}

export function findWindows(): void {
  set({ incident: null, chosen: 0 });
  findSuspects();
}
