/** The list of the current selection: how long it is, which rows are here, which row the keyboard is on. */
import { create } from "zustand";
import type { CallOutput, ListRow, Selection } from "../../shared/contract.ts";
import { asFailure, type Failure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { AFTER_BARS_MS } from "../state/after-bars.ts";
import { useCase } from "../state/case.ts";
import { focusOn, refOfFocus, useFocus } from "../state/focus.ts";
import { latest } from "../state/latest.ts";
import { attempt, notifyFailure } from "../state/notices.ts";
import { listedRange, selectionKey, selectionOf, useSelection } from "../state/selection.ts";
import type { RowRange } from "../ui/scroller.ts";
import { RowPages } from "./pages.ts";

export type Counted = CallOutput<"records.count">;

interface ListState {
  /** Null until the first answer. */
  readonly counted: Counted | null;
  readonly selection: Selection | null;
  readonly failure: Failure | null;
  /** Index of the selected row; -1 when it is not in the list. */
  readonly cursor: number;
  /** Some row on screen bore more than milliseconds; stays so, lest columns jump while scrolling. */
  readonly precise: boolean;
  /** Grows when rows arrived. */
  readonly arrivals: number;
  /** A place that the list must scroll to; a new object each time. */
  readonly goal: { readonly index: number; readonly how: "reveal" | "centre" } | null;
}

const EMPTY: ListState = {
  counted: null,
  selection: null,
  failure: null,
  cursor: -1,
  precise: false,
  arrivals: 0,
  goal: null,
};

export const useList = create<ListState>(() => EMPTY);

export const pages = new RowPages(
  () => useList.setState((state) => ({ arrivals: state.arrivals + 1, failure: null })),
  (thrown) => useList.setState({ failure: asFailure(thrown) }),
);

/** A case that grows commits many times a second, a pan looks at another window each frame; the list follows a few times. */
const REST_MS = 250;

const wantedSelection = (): Selection => {
  const state = useSelection.getState();
  return selectionOf(state, listedRange(state));
};

const locateRow = async (selection: Selection, ref: string | null): Promise<number | null> =>
  ref === null ? null : await call("records.locate", { selection, ref, partial: true });

const locateTime = async (selection: Selection, time: number | null): Promise<number | null> =>
  time === null ? null : await call("records.locate", { selection, time, partial: true });

let shownFile: string | null = null;

/** The list as far as it is found, and again until everything was searched or something else is asked for. */
async function reload(): Promise<void> {
  while (await loadOnce()) {
    if (selectionKey(wantedSelection()) !== shownKey()) return;
  }
}

const shownKey = (): string | null => {
  const { selection } = useList.getState();
  return selection === null ? null : selectionKey(selection);
};

/** False when there is nothing more to find. */
async function loadOnce(): Promise<boolean> {
  const { info } = useCase.getState();
  if (info === null) {
    shownFile = null;
    useList.setState(EMPTY);
    return false;
  }
  const before = useList.getState();
  const selection = wantedSelection();
  const { focus, listTime } = useFocus.getState();
  const sameCase = shownFile === info.file;
  const sameRows = sameCase && shownKey() === selectionKey(selection);
  try {
    // A list at its top stays at its top; one that was scrolled keeps the moment it shows.
    const [counted, found, place] = await Promise.all([
      call("records.count", { selection, partial: true }),
      locateRow(selection, refOfFocus(focus)),
      locateTime(selection, sameCase && firstShown > 0 ? listTime : null),
    ]);
    // Another row may have been chosen meanwhile: its place is not that of the one that was asked about.
    const chosen = refOfFocus(useFocus.getState().focus);
    const focused = chosen === refOfFocus(focus) ? found : await locateRow(selection, chosen);
    if (useCase.getState().info?.file !== info.file) return false;
    shownFile = info.file;
    pages.reset(
      async (start, count) => (await call("records.rows", { selection, start, count, partial: true })).rows,
      counted.count,
      sameRows,
    );
    // Found only now, in a list that nobody has moved since.
    const isFoundLate = sameRows && focused !== null && before.cursor < 0 && isSearching(before) && firstShown === 0;
    const moved = sameRows && !isFoundLate ? null : (focused ?? place ?? 0);
    useList.setState((state) => ({
      counted,
      selection,
      failure: null,
      cursor: focused ?? -1,
      arrivals: state.arrivals + 1,
      goal: moved === null ? state.goal : { index: moved, how: focused === null ? "reveal" : "centre" },
    }));
    // A wish from a view without the list waited for it.
    await takeWish();
    return counted.searched < 1;
  } catch (thrown) {
    useList.setState({ failure: asFailure(thrown) });
    return false;
  }
}

/** Rows may still be found. */
const isSearching = ({ counted }: Pick<ListState, "counted">): boolean => counted !== null && counted.searched < 1;

let firstShown = 0;
const isPrecise = (row: ListRow | undefined): boolean => row?.type === "record" && row.record.digits > 3;

/** Told by the list as it scrolls. */
export function shows({ first, end }: RowRange): void {
  firstShown = first;
  if (!useList.getState().precise) {
    for (let index = first; index < end; index += 1) {
      if (isPrecise(pages.rowAt(index))) useList.setState({ precise: true });
    }
  }
  const row = pages.rowAt(first);
  const time = row === undefined ? null : timeOf(row);
  if (row !== undefined && useFocus.getState().listTime !== time) useFocus.setState({ listTime: time });
}

const refresh = latest(reload, REST_MS);
export const retryList = refresh;

/** Follows selection and case for as long as the window lives. */
export function followSelection(): () => void {
  const first = setTimeout(refresh, AFTER_BARS_MS);
  const key = (): string => selectionKey(wantedSelection());
  let shown = key();
  const stops = [
    useSelection.subscribe(() => {
      if (key() === shown) return;
      shown = key();
      refresh();
    }),
    useCase.subscribe((state, before) => {
      if (state.info?.revision !== before.info?.revision || state.info?.file !== before.info?.file) refresh();
    }),
    useFocus.subscribe((state, before) => {
      if (state.wanted !== null && state.wanted !== before.wanted) attempt(takeWish);
    }),
  ];
  return () => {
    clearTimeout(first);
    for (const stop of stops) stop();
  };
}

async function takeWish(): Promise<void> {
  const { wanted } = useFocus.getState();
  if (wanted === null) return;
  useFocus.setState({ wanted: null });
  const selection = wantedSelection();
  const index = await call("records.locate", { selection, ...wanted });
  if (index === null) return;
  useList.setState((state) => ({ goal: { index, how: "centre" }, cursor: "ref" in wanted ? index : state.cursor }));
}

export const timeOf = (row: ListRow): number | null => (row.type === "record" ? row.record.time : row.event.time);

function focusRow(row: ListRow): void {
  if (row.type === "record") focusOn({ type: "record", ref: row.record.ref }, row.record.time);
  else focusOn({ type: "event", id: row.event.id }, row.event.time);
}

/** Puts the keyboard on a row and shows it in the detail. */
export function selectRow(index: number): void {
  const { counted, selection } = useList.getState();
  if (counted === null || selection === null || counted.count === 0) return;
  const target = Math.min(Math.max(0, index), counted.count - 1);
  useList.setState({ cursor: target, goal: { index: target, how: "reveal" } });
  const row = pages.rowAt(target);
  if (row !== undefined) {
    focusRow(row);
    return;
  }
  // Far jumps land on rows that are not here yet; a held key must not open rows that it has already left.
  call("records.rows", { selection, start: target, count: 1 }).then(({ rows }) => {
    if (rows[0] !== undefined && useList.getState().cursor === target) focusRow(rows[0]);
  }, notifyFailure);
}

export const moveCursor = (step: number): void => {
  const { cursor } = useList.getState();
  // Without a selection the first row on screen is where the eye is.
  selectRow(cursor < 0 ? firstShown : cursor + step);
};

export async function selectError(direction: "next" | "previous"): Promise<void> {
  const { selection, cursor, counted } = useList.getState();
  if (selection === null || counted === null) return;
  const from = cursor < 0 ? (direction === "next" ? -1 : counted.count) : cursor;
  const index = await call("records.nextError", { selection, index: from, direction });
  if (index !== null) selectRow(index);
}
