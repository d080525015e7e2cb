/** Evidence that people pinned to a suspect, beside what the engine found. */
import { Clock, Pin, PinOff } from "lucide-react";
import type { ReactNode } from "react";
import type { PinnedEvidence } from "../../shared/report/pins.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { focusOn } from "../state/focus.ts";
import { IconButton } from "../ui/button.tsx";
import { unpin } from "./pin-evidence.ts";
import { showOnTimeline } from "./ways.ts";

export function PinnedPiece({ pinned: { for: speaksFor, note } }: { readonly pinned: PinnedEvidence }): ReactNode {
  const record = note.reference?.record ?? null;
  const place = note.reference === null || record === null ? null : { ...note.reference, record };
  return (
    <li className="suspect-piece" data-for={speaksFor}>
      <Pin size={13} aria-label={speaksFor ? "pinned for it" : "pinned against it"} />
      <span className="suspect-weight pinned" aria-hidden />
      <button
        type="button"
        className="suspect-text suspect-link"
        title="Show the pinned record"
        onClick={() =>
          focusOn(record === null ? { type: "event", id: note.id } : { type: "record", ref: record }, note.time)
        }
      >
        {note.service !== null && <span className="second">{visibleLine(note.service)} </span>}
        {visibleLine(note.title)}
      </button>
      <span className="suspect-ways">
        <IconButton icon={PinOff} label="Unpin" onClick={() => unpin(note)} />
        <IconButton
          icon={Clock}
          label="Show on the timeline"
          onClick={() => showOnTimeline({ place, time: note.time })}
        />
      </span>
    </li>
  );
}
