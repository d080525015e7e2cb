/** What the menu of anything with a time offers: the time around it, and a note there. */
import { CalendarRange, NotebookPen } from "lucide-react";
import { writeNote } from "../notes/store.ts";
import { DURATION } from "../../shared/text/duration.ts";
import { look } from "../state/selection.ts";
import type { MenuAction } from "./parts.ts";

const select = (from: number, to: number): void => look({ brush: { from, to } });

/** None for what has no time. @param time microseconds. */
export function momentActions(time: number | null): readonly MenuAction[] {
  if (time === null) return [];
  const minute = Math.floor(time / DURATION.minute) * DURATION.minute;
  return [
    {
      title: "Select this minute",
      icon: CalendarRange,
      run: () => select(minute, minute + DURATION.minute),
    },
    {
      title: "Select five minutes on both sides",
      icon: CalendarRange,
      run: () => select(Math.floor(time) - 5 * DURATION.minute, Math.ceil(time) + 5 * DURATION.minute),
    },
    { title: "Write a note at this time", icon: NotebookPen, run: () => writeNote(time) },
  ];
}
