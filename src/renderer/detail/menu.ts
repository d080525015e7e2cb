/** What the menu of any record or event in focus offers, whichever view lists it. */
import { Braces, Copy, FileText, Pin, Waypoints } from "lucide-react";
import { commandPart, type MenuAction, type MenuParts } from "../menu/parts.ts";
import { momentActions } from "../menu/moment.ts";
import { refOfFocus, type Focus } from "../state/focus.ts";
import { useLayout } from "../state/layout.ts";
import { evidenceParts } from "../suspects/evidence-menu.ts";
import { showInContext } from "./context.ts";

interface Own {
  /** Other things than the record that can be copied from here. */
  readonly copies?: readonly MenuAction[];
}

/** Groups of the menu, for what the click has just put in focus. @param time of it. */
export function focusGroups(focus: Focus, time: number | null, { copies = [] }: Own = {}): MenuParts {
  const ref = refOfFocus(focus);
  // A span in its trace needs no way there.
  const isInTrace = useLayout.getState().view === "traces";
  return [
    ref === null
      ? []
      : [
          { title: "Show in context", icon: FileText, run: () => showInContext(ref) },
          ...(isInTrace ? [] : commandPart("traces.open", { title: "Open its trace", icon: Waypoints })),
        ],
    momentActions(time),
    [...commandPart("note.pin", { title: "Pin to the notes", icon: Pin }), ...evidenceParts()],
    [
      ...copies,
      ...commandPart("detail.copy", { title: "Copy", icon: Copy }),
      ...commandPart("detail.copy-json", { title: "Copy as JSON", icon: Braces }),
    ],
  ];
}
