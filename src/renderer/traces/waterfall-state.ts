/** The open trace: its model, what is collapsed, what part is on screen, what is selected, pointed at and searched. */
import { create } from "zustand";
import { blankColumns } from "../../shared/model/trace-columns.ts";
import { focusOn, hoverAt } from "../state/focus.ts";
import {
  clampViewport,
  panBy,
  viewportOfSpan,
  viewportWithSpan,
  wholeTrace,
  zoomAround,
  type Viewport,
} from "./layout.ts";
import { ancestors, hasChildren, indexOfRef, spanOf, traceModel, visibleSpans, type TraceModel } from "./model.ts";
import { matches, nextMatch } from "./search.ts";

interface WaterfallState {
  readonly model: TraceModel;
  readonly view: Viewport;
  readonly collapsed: ReadonlySet<number>;
  /** Span indexes of the rows. */
  readonly rows: Uint32Array;
  /** Span index. */
  readonly selected: number | null;
  readonly hovered: number | null;
  /** Time under the pointer, in microseconds after the start of the trace. */
  readonly cursor: number | null;
  readonly typed: string;
  /** Positions in the order of the tree. */
  readonly found: Uint32Array;
}

function begin(model: TraceModel): WaterfallState {
  return {
    model,
    view: wholeTrace(model),
    collapsed: new Set(),
    rows: visibleSpans(model, new Set()),
    selected: null,
    hovered: null,
    cursor: null,
    typed: "",
    found: new Uint32Array(0),
  };
}

export const useWaterfall = create<WaterfallState>(() => begin(traceModel(blankColumns(0))));

const { getState: get, setState: set } = useWaterfall;

/** @param ref record of the span to select */
export function showModel(model: TraceModel, ref: string | null): void {
  set(begin(model));
  if (ref === null) return;
  const wanted = indexOfRef(model, ref);
  if (wanted !== null) select(wanted);
}

export function select(index: number): void {
  const { model, selected } = get();
  const span = spanOf(model, index);
  if (span === undefined) return;
  reveal(index);
  if (selected !== index) set(({ view }) => ({ selected: index, view: viewportWithSpan(model, index, view) }));
  focusOn({ type: "record", ref: span.ref }, span.start);
}

/** Opens whatever is collapsed above a span. */
function reveal(index: number): void {
  const { model, collapsed } = get();
  const closed = ancestors(model, index).filter((above) => collapsed.has(above));
  if (closed.length === 0) return;
  const next = new Set(collapsed);
  for (const above of closed) next.delete(above);
  setCollapsed(next);
}

function setCollapsed(collapsed: ReadonlySet<number>): void {
  set({ collapsed, rows: visibleSpans(get().model, collapsed) });
}

export function setOpen(index: number, open: boolean): void {
  const { collapsed, model, selected } = get();
  if (!hasChildren(model, index) || collapsed.has(index) === !open) return;
  const next = new Set(collapsed);
  if (open) next.delete(index);
  else next.add(index);
  setCollapsed(next);
  // A selection that went out of sight moves to what hides it.
  if (!open && selected !== null && ancestors(model, selected).includes(index)) select(index);
}

export const toggleOpen = (index: number): void => setOpen(index, get().collapsed.has(index));
export const expandAll = (): void => setCollapsed(new Set());

export function collapseAll(): void {
  const { model, selected } = get();
  setCollapsed(new Set(model.order.filter((index) => hasChildren(model, index))));
  const root = selected === null ? undefined : ancestors(model, selected).at(-1);
  if (root !== undefined) select(root);
}

export function selectRow(row: number): void {
  const { rows } = get();
  const index = rows[Math.min(rows.length - 1, Math.max(0, row))];
  if (index !== undefined) select(index);
}

/** Row of a span, where it is on screen. */
export function rowOf({ rows, model }: Pick<WaterfallState, "rows" | "model">, index: number | null): number {
  if (index === null) return -1;
  if (rows === model.order) return model.position[index] ?? -1;
  return rows.indexOf(index);
}

export function stepRow(step: number): void {
  const row = rowOf(get(), get().selected);
  selectRow(row < 0 ? 0 : row + step);
}

/** Left: closes, or goes to the parent. */
export function stepOut(): void {
  const { selected, model, collapsed } = get();
  if (selected === null) return;
  if (hasChildren(model, selected) && !collapsed.has(selected)) return setOpen(selected, false);
  const above = model.parent[selected] ?? -1;
  if (above >= 0) select(above);
}

/** Right: opens, or goes to the first child. */
export function stepIn(): void {
  const { selected, model, collapsed } = get();
  if (selected === null || !hasChildren(model, selected)) return;
  if (collapsed.has(selected)) setOpen(selected, true);
  else stepRow(1);
}

function goTo(position: number | null): void {
  const index = position === null ? undefined : get().model.order[position];
  if (index !== undefined) select(index);
}

const positionOfSelected = (): number => {
  const { model, selected } = get();
  return selected === null ? -1 : (model.position[selected] ?? -1);
};

export const stepMatch = (step: 1 | -1): void => goTo(nextMatch(get().found, positionOfSelected(), step));

export function stepFailed(step: 1 | -1): void {
  const { model } = get();
  if (model.failures === 0) return;
  const count = model.count;
  let at = positionOfSelected();
  if (at < 0 && step < 0) at = 0;
  do at = (at + step + count) % count;
  while (model.failed[model.order[at] ?? 0] !== 1);
  goTo(at);
}

export function search(typed: string): void {
  set({ typed, found: matches(get().model, typed) });
}

export const setView = (view: Viewport): void => set({ view: clampViewport(view, wholeTrace(get().model)) });
export const fitTrace = (): void => set({ view: wholeTrace(get().model) });
export const zoomBy = (factor: number, share = 0.5): void =>
  set(({ view, model }) => ({ view: zoomAround(view, share, factor, wholeTrace(model)) }));
export const panTime = (time: number): void =>
  set(({ view, model }) => ({ view: panBy(view, time, wholeTrace(model)) }));
/** By a share of what is on screen. */
export const panShare = (share: number): void => {
  const { from, to } = get().view;
  panTime((to - from) * share);
};

export function zoomToSelected(): void {
  const { selected, model } = get();
  if (selected !== null) set({ view: viewportOfSpan(model, selected) });
}

export function point(hovered: number | null, cursor: number | null): void {
  const { model, hovered: before, cursor: was } = get();
  if (hovered === before && cursor === was) return;
  set({ hovered, cursor });
  hoverAt(cursor === null ? null : model.epoch + cursor);
}
