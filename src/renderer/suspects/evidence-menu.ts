/** "Evidence for…" and "Evidence against…" in the menu of anything that can be pinned. */
import { ThumbsDown, ThumbsUp } from "lucide-react";
import { headingOf, percent } from "../../shared/text/suspect-words.ts";
import { canPin } from "../notes/pin.ts";
import { subMenu, type MenuAction, type MenuPart } from "../menu/parts.ts";
import { pinToSuspect } from "./pin-evidence.ts";
import { useSuspects, type Suspect } from "./store.ts";

/** A menu is no list of all suspects: those, and the one that is chosen. */
const MOST = 6;

function nameOf(suspect: Suspect): string {
  const heading = headingOf(suspect);
  return suspect.service === null || suspect.service === heading ? heading : `${heading} at ${suspect.service}`;
}

/** For what is in focus; empty while nobody is suspected. */
export function evidenceParts(): readonly MenuPart[] {
  const { verdict, chosen } = useSuspects.getState();
  if (verdict === null || !canPin()) return [];
  const listed = verdict.suspects.filter((_, place) => place < MOST || place === chosen);
  const actions = (speaksFor: boolean): readonly MenuAction[] =>
    listed.map((suspect) => ({
      title: nameOf(suspect),
      aside: percent(suspect.confidence),
      run: () => pinToSuspect(suspect, speaksFor),
    }));
  return [
    ...subMenu("Evidence for…", ThumbsUp, actions(true)),
    ...subMenu("Evidence against…", ThumbsDown, actions(false)),
  ];
}
