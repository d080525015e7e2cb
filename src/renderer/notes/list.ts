/** All notes of the case, in time order. */
import type { CallInput, CallOutput } from "../../shared/contract.ts";
import type { Note } from "./note.ts";

const PAGE_NOTES = 500;

type Read = (input: CallInput<"events.list">) => Promise<CallOutput<"events.list">>;

/** People write dozens of notes, not thousands: the list holds them all. */
export async function readNotes(read: Read): Promise<readonly Note[]> {
  const notes: Note[] = [];
  let after: string | null = null;
  do {
    const page: CallOutput<"events.list"> = await read({
      filter: { source: "MANUAL", kind: "note", order: "time" },
      limit: PAGE_NOTES,
      after,
    });
    notes.push(...page.items);
    after = page.next;
  } while (after !== null);
  return notes;
}
