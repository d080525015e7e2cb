/** The state of a source as an icon and a word. */
import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import type { SourceState } from "../../shared/model/source.ts";

export const STATE_WORD: Readonly<Record<SourceState, string>> = {
  waiting: "Waiting",
  reading: "Reading",
  paused: "Paused",
  done: "Read",
  failed: "Failed",
  cancelled: "Stopped",
  "not-recognised": "Not recognised",
  empty: "Empty",
};

const STATE_ICON: Readonly<Record<SourceState, LucideIcon>> = {
  waiting: Clock,
  reading: LoaderCircle,
  paused: CirclePause,
  done: CircleCheck,
  failed: CircleX,
  cancelled: CircleSlash,
  "not-recognised": CircleQuestionMark,
  empty: CircleDashed,
};

export function StateMark({ state }: { readonly state: SourceState }): ReactNode {
  const Icon = STATE_ICON[state];
  return (
    <span className="source-state" data-state={state}>
      <Icon size={13} className={state === "reading" ? "turning" : ""} aria-hidden />
      {STATE_WORD[state]}
    </span>
  );
}
