/** What the menu of a template offers. */
import { Copy, FilterX, List, Merge, Volume2, VolumeX } from "lucide-react";
import type { TemplateRow } from "../../shared/contract/templates.ts";
import { copy } from "../detail/copy.ts";
import { termActions } from "../filter/menu.ts";
import { commandPart, type MenuParts } from "../menu/parts.ts";
import { startMerge } from "./store.ts";

export function templateMenu(row: TemplateRow): MenuParts {
  const [, out] = termActions("template", row.id, "these lines");
  return [
    [
      ...commandPart("templates.lines", { title: "Show its lines alone", icon: List }),
      ...(out === undefined ? [] : [{ ...out, title: out.title.replace("template: ", ""), icon: FilterX }]),
    ],
    [
      ...commandPart("templates.mute", {
        title: row.muted === null ? "Mute it in all views" : "Show it in all views again",
        icon: row.muted === null ? VolumeX : Volume2,
      }),
      { title: "Tell it as another…", icon: Merge, run: () => startMerge(row) },
    ],
    [{ title: "Copy the template", icon: Copy, run: () => copy("The template", row.text) }],
  ];
}
