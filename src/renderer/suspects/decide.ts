/** Concludes of a suspect that it is the cause, or that it is not, and takes that back. */
import type { CallInput } from "../../shared/contract.ts";
import { decisionsIn, metadataOf, suspectKey, titleOfDecision, type Decision } from "../../shared/report/decisions.ts";
import { readNotes, type Note } from "../../shared/report/notes.ts";
import { call } from "../bridge.ts";
import { newNote, withoutId } from "../notes/note.ts";
import { editNote } from "../notes/store.ts";
import { inThisCase } from "../state/in-this-case.ts";
import { attempt, notify, undoing } from "../state/notices.ts";
import { useSuspects, type Suspect } from "./store.ts";

type NewNote = CallInput<"events.create">["event"];

const TAGS: Readonly<Record<Decision, string>> = { cause: "cause", "ruled-out": "ruled-out" };

/** @param at when the suspect began, or else the incident. */
function noteOfDecision(suspect: Suspect, decision: Decision, at: number): NewNote {
  const place = suspect.evidence.find((evidence) => evidence.for && evidence.place !== null)?.place ?? null;
  const note = newNote(
    {
      time: suspect.since ?? at,
      severity: "INFO",
      service: suspect.service,
      title: titleOfDecision(suspect, decision),
      description: "",
      tags: [TAGS[decision]],
    },
    `decision ${suspectKey(suspect)}`,
  );
  const reference =
    place === null ? null : { sourceId: place.sourceId, offset: place.offset, length: 0, record: place.record };
  return { ...note, reference, metadata: metadataOf(suspect, decision) };
}

const known = async (suspect: Suspect): Promise<Note | null> =>
  decisionsIn(await readNotes((input) => call("events.list", input))).get(suspectKey(suspect))?.note ?? null;

/** The same conclusion again takes it back. */
export function decide(suspect: Suspect, decision: Decision): void {
  attempt(async () => {
    const before = await known(suspect);
    const title = titleOfDecision(suspect, decision);
    if (before === null) {
      const { id } = await call("events.create", { event: noteOfDecision(suspect, decision, onsetTime()) });
      notify("info", title, undoing(inThisCase(() => attempt(() => call("events.delete", { id })))));
      return;
    }
    if (before.metadata["decision"] === decision) {
      await call("events.delete", { id: before.id });
      const restore = inThisCase(() => attempt(() => call("events.create", { event: withoutId(before) })));
      notify("info", `Taken back: ${before.title}`, undoing(restore));
      return;
    }
    const tags = [...before.tags.filter((tag) => !Object.values(TAGS).includes(tag)), TAGS[decision]];
    await call("events.update", { id: before.id, change: { title, tags, metadata: metadataOf(suspect, decision) } });
    const { title: was, tags: had, metadata } = before;
    const change = { title: was, tags: had, metadata };
    notify("info", title, undoing(inThisCase(() => attempt(() => call("events.update", { id: before.id, change })))));
  });
}

/** Opens the note of the conclusion, whose further lines are its reasons. */
export function sayWhy(suspect: Suspect): void {
  attempt(async () => {
    const note = await known(suspect);
    if (note !== null) editNote(note);
    else notify("info", "Conclude first that it is the cause, or rule it out: its reasons stand with that.");
  });
}

const onsetTime = (): number => {
  const { verdict } = useSuspects.getState();
  return verdict?.onset?.time ?? verdict?.windows?.incident.from ?? 0;
};
