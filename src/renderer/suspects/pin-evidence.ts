/** Pins what is in focus to a suspect, as evidence for it or against it, and takes that back. */
import { asFailure } from "../../shared/failure.ts";
import { pinMetadata, pinnedTo } from "../../shared/report/pins.ts";
import { readNotes, type Note } from "../../shared/report/notes.ts";
import { suspectKey } from "../../shared/report/decisions.ts";
import { headingOf } from "../../shared/text/suspect-words.ts";
import { call } from "../bridge.ts";
import { withoutId, type NewNote } from "../notes/note.ts";
import { pinOf } from "../notes/pin.ts";
import { useFocus } from "../state/focus.ts";
import { inThisCase } from "../state/in-this-case.ts";
import { attempt, notify, undoing } from "../state/notices.ts";
import type { Suspect } from "./store.ts";

/** The same finding may speak for one suspect and against another: each is a note of its own. */
const evidenceNote = (pin: NewNote, suspect: Suspect, speaksFor: boolean): NewNote => ({
  ...pin,
  fingerprint: `${pin.fingerprint} ${suspectKey(suspect)}`,
  metadata: { ...pin.metadata, ...pinMetadata(suspect, speaksFor) },
});

const sideWords = (speaksFor: boolean): string => (speaksFor ? "for" : "against");

export function pinToSuspect(suspect: Suspect, speaksFor: boolean): void {
  attempt(async () => {
    const { focus } = useFocus.getState();
    const pin = focus === null ? null : await pinOf(focus);
    if (pin === null) return;
    const note = evidenceNote(pin, suspect, speaksFor);
    const said = `Pinned as evidence ${sideWords(speaksFor)} ${headingOf(suspect)}: ${pin.title}`;
    try {
      const { id } = await call("events.create", { event: note });
      notify("info", said, undoing(inThisCase(() => attempt(() => call("events.delete", { id })))));
    } catch (thrown) {
      if (asFailure(thrown).reason !== "exists") throw thrown;
      await turn(note, speaksFor, said);
    }
  });
}

/** What is pinned already may be pinned to the other side. */
async function turn({ fingerprint, metadata }: NewNote, speaksFor: boolean, said: string): Promise<void> {
  const notes = await readNotes((input) => call("events.list", input));
  const known = notes.find((note) => note.fingerprint === fingerprint);
  if (known === undefined) return;
  if (pinnedTo(known)?.for === speaksFor) {
    notify("info", `This is pinned as evidence ${sideWords(speaksFor)} it already.`);
    return;
  }
  await call("events.update", { id: known.id, change: { metadata } });
  const before = { metadata: known.metadata };
  const undo = inThisCase(() => attempt(() => call("events.update", { id: known.id, change: before })));
  notify("info", said, undoing(undo));
}

export function unpin(note: Note): void {
  attempt(async () => {
    await call("events.delete", { id: note.id });
    const restore = inThisCase(() => attempt(() => call("events.create", { event: withoutId(note) })));
    notify("info", `No longer evidence: ${note.title}`, undoing(restore));
  });
}
