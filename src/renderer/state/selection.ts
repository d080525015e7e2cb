/**
 * What the person looks at, in every view alike: one filter, the visible window of time (zoom) and, inside it, the
 * brushed range. Lists follow the brush where there is one and the visible window otherwise.
 */
import { create } from "zustand";
import type { Selection } from "../../shared/contract.ts";
import { withoutMuted } from "./without-muted.ts";

export interface TimeRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

interface SelectionState {
  readonly filter: string;
  /** Whether metric samples are listed and counted. */
  readonly samples: boolean;
  /** Null shows everything, records without a time included. */
  readonly window: TimeRange | null;
  readonly brush: TimeRange | null;
  /** Ids of templates whose records are left out, unless the filter asks for templates itself. */
  readonly muted: readonly string[];
  /** Windows and brushes to go back to, latest last. */
  readonly history: readonly Looked[];
}
interface Looked {
  readonly window: TimeRange | null;
  readonly brush: TimeRange | null;
}

const HISTORY_LIMIT = 64;

export const useSelection = create<SelectionState>(() => ({
  filter: "",
  samples: false,
  window: null,
  brush: null,
  muted: [],
  history: [],
}));

export const sameRange = (a: TimeRange | null, b: TimeRange | null): boolean =>
  a === b || (a !== null && b !== null && a.from === b.from && a.to === b.to);

/** The range that lists, counts and facets follow. */
export const listedRange = (state: Looked): TimeRange | null => state.brush ?? state.window;

type Chosen = Pick<SelectionState, "filter" | "samples" | "muted">;

export function selectionOf(state: Chosen, range: TimeRange | null): Selection {
  return {
    filter: withoutMuted(state.filter, state.muted),
    from: range?.from ?? null,
    to: range?.to ?? null,
    samples: state.samples,
  };
}

/** The selection of the lists; its parts are compared by value so that an unrelated change does not fetch again. */
export const selectionKey = (selection: Selection): string =>
  `${selection.from ?? ""}|${selection.to ?? ""}|${selection.samples}|${selection.filter}`;

export function setFilter(filter: string): void {
  useSelection.setState({ filter });
}

export function setMuted(muted: readonly string[]): void {
  const known = useSelection.getState().muted;
  if (known.length !== muted.length || known.some((id, index) => id !== muted[index])) useSelection.setState({ muted });
}

export function setSamples(samples: boolean): void {
  useSelection.setState({ samples });
}

/** @param keep whether `Backspace` comes back to what is shown now; a pan in progress keeps only its beginning. */
export function look(next: Partial<Looked>, keep = true): void {
  useSelection.setState((state) => {
    const window = next.window === undefined ? state.window : next.window;
    const brush = next.brush === undefined ? state.brush : next.brush;
    if (sameRange(window, state.window) && sameRange(brush, state.brush)) return state;
    const history = keep
      ? [...state.history, { window: state.window, brush: state.brush }].slice(-HISTORY_LIMIT)
      : state.history;
    return { window, brush, history };
  });
}

/** Keeps what is shown now for `Backspace`, before a drag changes it in many steps. */
export function rememberLook(): void {
  useSelection.setState((state) => {
    const last = state.history.at(-1);
    if (last !== undefined && sameRange(last.window, state.window) && sameRange(last.brush, state.brush)) return state;
    return { history: [...state.history, { window: state.window, brush: state.brush }].slice(-HISTORY_LIMIT) };
  });
}

export function lookBack(): void {
  useSelection.setState((state) => {
    const last = state.history.at(-1);
    return last === undefined ? state : { ...last, history: state.history.slice(0, -1) };
  });
}

export const fit = (): void => look({ window: null, brush: null });

export function zoomToBrush(): void {
  const { brush } = useSelection.getState();
  if (brush !== null) look({ window: brush, brush: null });
}

/** Another case is another incident: nothing of the last look applies to it. */
export function resetSelection(): void {
  useSelection.setState({ filter: "", samples: false, window: null, brush: null, muted: [], history: [] });
}
