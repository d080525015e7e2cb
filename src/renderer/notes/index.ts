import { NotebookPen } from "lucide-react";
import { defineView } from "../views/view.ts";
import { NoteEditor } from "./editor.tsx";
import { NotesView } from "./view.tsx";

export default defineView({
  id: "notes",
  title: "Notes",
  icon: NotebookPen,
  place: 7,
  component: NotesView,
  companion: NoteEditor,
});
