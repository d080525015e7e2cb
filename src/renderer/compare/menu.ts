/** What the menu of a difference offers. */
import { ArrowLeftRight, Copy, List } from "lucide-react";
import type { DifferenceRow } from "../../shared/contract/compare.ts";
import { copy } from "../detail/copy.ts";
import { termActions } from "../filter/menu.ts";
import { commandPart, type MenuParts } from "../menu/parts.ts";

export function differenceMenu({ kind, field, name, text }: DifferenceRow): MenuParts {
  return [
    [...commandPart("compare.open", { icon: List }), ...commandPart("compare.other-window", { icon: ArrowLeftRight })],
    kind === "attribute" && field !== null ? termActions(field, name) : [],
    [{ title: "Copy in words", icon: Copy, run: () => copy("The difference", text) }],
  ];
}
