/** The dead letter that is being edited; kept while another view is shown. */
import { create } from "zustand";
import { call } from "../bridge.ts";
import { useLayout } from "../state/layout.ts";
import { attempt } from "../state/notices.ts";
import { AS_BEFORE, replay, type ReadAs } from "./replay.ts";
import { oneLetter } from "./target.ts";

export interface Draft {
  readonly id: number;
  /** What was typed; null until something is. */
  readonly text: string | null;
  readonly readAs: ReadAs;
}

export const useDraft = create<{ readonly draft: Draft | null }>(() => ({ draft: null }));

const draftOf = (id: number): Draft | null => {
  const { draft } = useDraft.getState();
  return draft?.id === id ? draft : null;
};

/** Opens the editor of a letter in the detail and gives it the keyboard. */
export function editLetter(id: number): void {
  if (draftOf(id) === null) useDraft.setState({ draft: { id, text: null, readAs: AS_BEFORE } });
  useLayout.setState({ detailOpen: true });
  // It takes the keyboard by itself when it comes; this is for the one that is open already.
  document.querySelector<HTMLElement>(".letter-editor textarea")?.focus();
}

export function changeDraft(change: Partial<Omit<Draft, "id">>): void {
  useDraft.setState(({ draft }) => ({ draft: draft && { ...draft, ...change } }));
}

/** Leaves the editor; the keyboard goes back to the list. */
export function closeEditor(): void {
  useDraft.setState({ draft: null });
  document.querySelector<HTMLElement>("[data-pane=dead-letter-list] [data-main]")?.focus();
}

/** Reads one letter again, as its open editor says. One that fails again keeps its editor, and what was typed. */
export function replayLetter(id: number): void {
  const draft = draftOf(id);
  attempt(async () => {
    const done = await replay(oneLetter(id), draft?.readAs ?? AS_BEFORE, draft?.text ?? null);
    if (done && draft !== null && draftOf(id) !== null) closeEditor();
  });
}

/** Keeps what was typed beside the original; null takes it back. */
export function keepEdit(id: number, text: string | null): void {
  attempt(async () => {
    await call("deadLetters.edit", { id, text });
    if (draftOf(id) !== null) closeEditor();
  });
}
