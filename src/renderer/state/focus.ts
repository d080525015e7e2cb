/** The one thing that the detail pane shows, and the moment under the pointer; both shared by all views. */
import { create } from "zustand";

/** What the detail pane can show. A view may add its own kinds through its entry in the registry. */
export type Focus =
  | { readonly type: "record"; readonly ref: string }
  | { readonly type: "event"; readonly id: number }
  | { readonly type: "anomaly"; readonly id: number }
  | { readonly type: "dead-letter"; readonly id: number }
  | { readonly type: "source"; readonly id: number }
  | { readonly type: "template"; readonly id: string };
export type FocusType = Focus["type"];

interface FocusState {
  readonly focus: Focus | null;
  /** Time of what is in focus, where it has one: the timeline marks it. */
  readonly focusTime: number | null;
  readonly hoverTime: number | null;
  /** Time of the first row on screen in the list. */
  readonly listTime: number | null;
  /** A wish of another view that the list shows this row or moment; the list takes it and clears it. */
  readonly wanted: { readonly time: number } | { readonly ref: string } | null;
}

export const useFocus = create<FocusState>(() => ({
  focus: null,
  focusTime: null,
  hoverTime: null,
  listTime: null,
  wanted: null,
}));

export function focusOn(focus: Focus | null, time: number | null = null): void {
  useFocus.setState({ focus, focusTime: focus === null ? null : time });
}

export function hoverAt(time: number | null): void {
  if (useFocus.getState().hoverTime !== time) useFocus.setState({ hoverTime: time });
}

/** Scrolls the list to a moment or to a row by its ref ("s12:40", "e7"). */
export function locate(wanted: { readonly time: number } | { readonly ref: string }): void {
  useFocus.setState({ wanted });
}

export const refOfFocus = (focus: Focus | null): string | null =>
  focus?.type === "record" ? focus.ref : focus?.type === "event" ? `e${focus.id}` : null;
