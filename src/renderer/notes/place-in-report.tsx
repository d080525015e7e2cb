/** Whether a note begins the report, ends it, or stands there at its time. */
import type { ReactNode } from "react";
import { FOLLOW_UP, SUMMARY } from "../../shared/report/report.ts";
import { Button } from "../ui/button.tsx";
import { splitTags } from "./note.ts";

const PLACES = [
  { tag: SUMMARY, title: "Summary", hint: "The report begins with it" },
  { tag: FOLLOW_UP, title: "Follow-up", hint: "The report ends with what is to be done" },
] as const;

interface PlaceInReportProps {
  readonly tags: string;
  readonly onChange: (tags: string) => void;
}

/** Other notes stand in the report at their time. */
export function PlaceInReport({ tags, onChange }: PlaceInReportProps): ReactNode {
  const chosen = splitTags(tags);
  const toggled = (tag: string): readonly string[] =>
    chosen.includes(tag) ? chosen.filter((one) => one !== tag) : [...chosen, tag];
  return (
    <span className="note-places">
      {PLACES.map(({ tag, title, hint }) => (
        <Button
          key={tag}
          title={hint}
          aria-pressed={chosen.includes(tag)}
          onClick={() => onChange(toggled(tag).join(", "))}
        >
          {title}
        </Button>
      ))}
    </span>
  );
}
