/** What the menu of a note offers in the list of notes. */
import { Pencil, Trash2 } from "lucide-react";
import { focusGroups } from "../detail/menu.ts";
import type { MenuParts } from "../menu/parts.ts";
import type { Note } from "./note.ts";
import { deleteNote, editNote } from "./store.ts";

export function noteMenu(note: Note): MenuParts {
  return [
    [
      { title: "Edit", icon: Pencil, keys: "Enter", run: () => editNote(note) },
      { title: "Delete", icon: Trash2, keys: "Delete", run: () => deleteNote(note) },
    ],
    ...focusGroups({ type: "event", id: note.id }, note.time),
  ];
}
