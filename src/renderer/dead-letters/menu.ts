/** What the menu of a dead letter offers. */
import { CheckSquare, Copy, FileQuestion, FolderSearch, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { copy } from "../detail/copy.ts";
import { commandPart, type MenuParts } from "../menu/parts.ts";
import { showSource } from "../sources/actions.ts";
import type { Letter } from "./letters.ts";

export function letterMenu({ message, sourceId }: Letter): MenuParts {
  return [
    [
      ...commandPart("letters.edit", { title: "Edit", icon: Pencil }),
      ...commandPart("letters.replay", { title: "Replay", icon: RotateCcw }),
      ...commandPart("letters.mark", { title: "Mark or unmark", icon: CheckSquare }),
      ...commandPart("letters.read-as", { title: "Read otherwise…", icon: FileQuestion }),
      ...commandPart("letters.discard", { title: "Discard…", icon: Trash2 }),
    ],
    [
      { title: "Show its source", icon: FolderSearch, run: () => showSource(sourceId) },
      { title: "Copy what is wrong", icon: Copy, run: () => copy("What is wrong", message) },
    ],
  ];
}
