/** All notes of the case, in time order. */
import type { CallInput, CallOutput } from "../contract.ts";

const PAGE_NOTES = 500;

export type Note = CallOutput<"events.list">["items"][number];
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
