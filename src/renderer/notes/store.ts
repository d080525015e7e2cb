/** The note that is being written, and what is done with notes from every view. */
import { create } from "zustand";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { inThisCase } from "../state/in-this-case.ts";
import { attempt, notify, undoing } from "../state/notices.ts";
import { listedRange, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { momentText } from "./moment.ts";
import { textOf, withoutId, type Draft, type Note } from "./note.ts";

export interface Editing {
  /** Of the case that the note belongs to. */
  readonly file: string;
  /** Null writes a new one. */
  readonly note: Note | null;
  readonly draft: Draft;
  /** Of the day that a clock without a date belongs to. */
  readonly day: number;
  readonly zone: string;
}

interface NotesState {
  readonly editing: Editing | null;
}

export const useNotes = create<NotesState>(() => ({ editing: null }));

const MICROS_PER_MS = 1000;

/** Under the pointer, else what is selected, else the middle of what is shown. */
function timeOfNewNote(): number {
  const { hoverTime, focusTime } = useFocus.getState();
  const pointed = hoverTime ?? focusTime;
  if (pointed !== null) return pointed;
  const range = listedRange(useSelection.getState());
  const { info } = useCase.getState();
  const from = range?.from ?? info?.from ?? null;
  const to = range?.to ?? info?.to ?? null;
  if (from === null || to === null) return Date.now() * MICROS_PER_MS;
  // To the second: nobody points at a microsecond by halving a range.
  return Math.round((from + to) / 2_000_000) * 1_000_000;
}

const openFile = (): string => useCase.getState().info?.file ?? "";

export function writeNote(time: number = timeOfNewNote()): void {
  const { zone } = useZone.getState();
  const draft: Draft = { text: "", time: momentText(time, zone), severity: "INFO", service: "", tags: "" };
  useNotes.setState({ editing: { file: openFile(), note: null, draft, day: time, zone } });
}

export function editNote(note: Note): void {
  const { zone } = useZone.getState();
  const draft: Draft = {
    text: textOf(note),
    time: momentText(note.time, zone),
    severity: note.severity,
    service: note.service ?? "",
    tags: note.tags.join(", "),
  };
  useNotes.setState({ editing: { file: openFile(), note, draft, day: note.time, zone } });
}

export function changeDraft(change: Partial<Draft>): void {
  useNotes.setState(({ editing }) => ({ editing: editing && { ...editing, draft: { ...editing.draft, ...change } } }));
}

export const stopEditing = (): void => useNotes.setState({ editing: null });

/** Closes the editor; what was typed meanwhile can be had again. */
export function abandon(): void {
  const { editing } = useNotes.getState();
  stopEditing();
  const typed = editing?.draft.text.trim() ?? "";
  if (editing === null || typed === "" || (editing.note !== null && typed === textOf(editing.note))) return;
  notify("info", "The note was not saved.", {
    title: "Go on writing",
    run: inThisCase(() => useNotes.setState({ editing })),
  });
}

export function deleteNote(note: Note): void {
  attempt(async () => {
    const restore = inThisCase(() => attempt(() => call("events.create", { event: withoutId(note) })));
    await call("events.delete", { id: note.id });
    const { focus } = useFocus.getState();
    if (focus?.type === "event" && focus.id === note.id) focusOn(null);
    notify("info", `The note “${note.title}” was deleted.`, undoing(restore));
  });
}
