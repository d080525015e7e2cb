/**
 * What the person looks at, in every view alike: one filter, the visible window of time (zoom) and, inside it, the
 * brushed range. Lists follow the brush where there is one and the visible window otherwise. Where a person was before
 * a jump, a zoom or a change of the filter is remembered, and `lookBack` returns there.
 */
import { create } from "zustand";
import type { Selection } from "../../shared/contract.ts";
import { focusOn, locate, refOfFocus, useFocus, type Focus } from "./focus.ts";
import { showView, useLayout } from "./layout.ts";
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
  /** Places to go back to, latest last. */
  readonly history: readonly Place[];
}
interface Looked {
  readonly window: TimeRange | null;
  readonly brush: TimeRange | null;
}
/** Where the person was, and what they had selected there. */
interface Place extends Looked {
  readonly view: string;
  readonly filter: string;
  readonly focus: Focus | null;
  readonly focusTime: number | null;
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

const sameRange = (a: TimeRange | null, b: TimeRange | null): boolean =>
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

/** @param keep whether `Backspace` comes back to the filter of now. */
export const setFilter = (filter: string, keep = true): void => goTo({ filter }, keep);

export function setMuted(muted: readonly string[]): void {
  const known = useSelection.getState().muted;
  if (known.length !== muted.length || known.some((id, index) => id !== muted[index])) useSelection.setState({ muted });
}

export function setSamples(samples: boolean): void {
  useSelection.setState({ samples });
}

/** @param keep whether `Backspace` comes back to what is shown now; a pan in progress keeps only its beginning. */
export const look = (next: Partial<Looked>, keep = true): void => goTo(next, keep);

/** One step to another place, however much of it differs; what is not named stays as it is. */
export function goTo(next: Partial<Looked & Pick<Place, "view" | "filter">>, keep = true): void {
  const before = place();
  const after = { ...before, ...next };
  if (isSamePlace(before, after)) return;
  const { window, brush, filter } = after;
  useSelection.setState((state) => ({
    window,
    brush,
    filter,
    ...(keep ? { history: added(state.history, before) } : {}),
  }));
  if (after.view !== before.view) showView(after.view);
}

/** Keeps what is shown now for `Backspace`, before a drag changes it in many steps. */
export function rememberLook(): void {
  useSelection.setState((state) => {
    const last = state.history.at(-1);
    const now = place();
    return last !== undefined && isSamePlace(last, now) ? state : { history: added(state.history, now) };
  });
}

/** A zoom that is taken back leaves the selection alone; another view or filter comes back with its own. */
export function lookBack(): void {
  const before = place();
  const last = useSelection.getState().history.at(-1);
  if (last === undefined) return;
  const { window, brush, filter, view, focus, focusTime } = last;
  useSelection.setState((state) => ({ window, brush, filter, history: state.history.slice(0, -1) }));
  if (view !== before.view) showView(view);
  if (view === before.view && filter === before.filter) return;
  focusOn(focus, focusTime);
  const ref = refOfFocus(focus);
  if (ref !== null) locate({ ref });
}

function place(): Place {
  const { window, brush, filter } = useSelection.getState();
  const { focus, focusTime } = useFocus.getState();
  return { window, brush, filter, view: useLayout.getState().view, focus, focusTime };
}

const isSamePlace = (a: Place, b: Place): boolean =>
  a.view === b.view && a.filter === b.filter && sameRange(a.window, b.window) && sameRange(a.brush, b.brush);

const added = (history: readonly Place[], left: Place): readonly Place[] => [...history, left].slice(-HISTORY_LIMIT);

export const fit = (): void => look({ window: null, brush: null });

export function zoomToBrush(): void {
  const { brush } = useSelection.getState();
  if (brush !== null) look({ window: brush, brush: null });
}

/** Another case is another incident: nothing of the last look applies to it. */
export function resetSelection(): void {
  useSelection.setState({ filter: "", samples: false, window: null, brush: null, muted: [], history: [] });
}
